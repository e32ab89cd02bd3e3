//! The shell: one address that serves the bank's pages, the widget, both sockets and the agents'
//! page. It decides nothing about conversations.

mod config;
mod csp;
mod demo;
mod etag;
mod files;
mod origin;
mod page;
mod respond;
mod runner;
mod socket;
mod url_path;

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use axum::Router;
use axum::middleware::map_response;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Handle};
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::time::timeout;

use crate::desk::Desk;
use crate::event::{Counts, Settings};
use crate::options::Options;
use crate::sqlite::{Opened, Sqlite};
use crate::store::{Failure, Ids};

use runner::Command;

/// Connections served at once.
const SOCKETS: u32 = 10_000;
/// How long a restart waits for the others to hear of it.
const FAREWELL: Duration = Duration::from_secs(3);

/// What every request can reach.
#[derive(Debug)]
struct App {
    options: Options,
    commands: mpsc::Sender<Command>,
    next_socket: AtomicU64,
    /// One permit per connection; when all are back, everybody has left.
    places: Arc<Semaphore>,
    reports: csp::Reports,
}

/// Serves until Ctrl-C or SIGTERM.
pub fn run(options: Options) -> Result<(), String> {
    let runtime =
        Builder::new_multi_thread().enable_all().build().map_err(|error| format!("cannot start: {error}"))?;
    let done = runtime.block_on(serve(options));
    // A request that still hangs must not keep the program from ending.
    runtime.shutdown_timeout(Duration::from_millis(200));
    done
}

async fn serve(options: Options) -> Result<(), String> {
    let queues = config::queues(&options.config)?;
    let opened = open_database(&options)?;
    let token = options.token.clone().unwrap_or(opened.token);
    let address = options.listen;
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| format!("cannot listen on {address}: {error}; choose another with --listen"))?;
    let bound = listener.local_addr().map_err(|error| format!("cannot listen on {address}: {error}"))?;
    let stop = stop_signal()?;

    let settings = Settings {
        token: token.clone(),
        queues,
        visitor_secret: options.visitor_secret.clone(),
        keep_entries: options.keep_entries,
    };
    let desk = Desk::open(opened.saved, settings, opened.store, Random);
    let (commands, finished) = runner::start(desk, Handle::current())?;
    let app = Arc::new(App {
        options,
        commands,
        next_socket: AtomicU64::new(1),
        places: Arc::new(Semaphore::new(SOCKETS as usize)),
        reports: csp::Reports::default(),
    });
    let (goodbye, mut leaving) = watch::channel(false);
    let server = axum::serve(listener, routes(Arc::clone(&app))).with_graceful_shutdown(async move {
        let _ = leaving.wait_for(|leaving| *leaving).await;
    });
    let server = tokio::spawn(server.into_future());
    announce(&app.options, bound, &token);

    stop.await;
    let _ = app.commands.send(Command::Stop).await;
    let counts = finished.await.unwrap_or_default();
    let _ = timeout(FAREWELL, app.places.acquire_many(SOCKETS)).await;
    let _ = goodbye.send(true);
    let _ = timeout(Duration::from_millis(500), server).await;
    say_counts(counts);
    Ok(())
}

fn routes(app: Arc<App>) -> Router {
    Router::new()
        .route("/ws", get(socket::visitor))
        .route("/desk/ws", get(socket::agent))
        .route("/desk", get(page::index))
        .route("/desk/", get(page::index))
        .route("/desk/assets/{file}", get(page::asset))
        .route("/demo/token", get(demo::give))
        .route("/csp", get(csp::list).post(csp::receive))
        .route("/bharosa.json", get(files::config))
        .route("/bharosa/{*path}", get(files::widget))
        .fallback(get(files::site))
        .layer(map_response(respond::with_common_headers))
        .with_state(app)
}

fn open_database(options: &Options) -> Result<Opened, String> {
    let path = &options.database;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .map_err(|error| format!("--database: cannot make the folder {}: {error}", folder.display()))?;
    }
    Sqlite::open(path, &mut Random).map_err(|failure| format!("--database {}: {failure}", path.display()))
}

/// Secrets from the operating system.
#[derive(Debug)]
struct Random;

impl Ids for Random {
    fn draw(&mut self) -> Result<u128, Failure> {
        let mut bytes = [0; 16];
        match getrandom::fill(&mut bytes) {
            Ok(()) => Ok(u128::from_be_bytes(bytes)),
            Err(error) => Err(Failure(format!("the system gave no random bits: {error}"))),
        }
    }
}

fn announce(options: &Options, bound: SocketAddr, token: &str) {
    // Nobody can open 0.0.0.0; whoever listens everywhere also listens here.
    let ip = if bound.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { bound.ip() };
    let here = SocketAddr::new(ip, bound.port());
    if !options.widget.join("bharosa.js").is_file() {
        let folder = options.widget.display();
        eprintln!("desk: there is no widget in {folder} yet: build it with `cargo xtask build`");
    }
    let text = format!(
        "bank   http://{here}/  (the bank: open a page and wait, or click the button)\n\
         desk   http://{here}/desk#token={token}  (the agents: sign in and answer)\n\
         ready\n"
    );
    let mut out = std::io::stdout().lock();
    // Without a reader at the other end the desk still serves.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

fn say_counts(counts: Counts) {
    let Counts { malformed, unknown, too_fast } = counts;
    if counts != Counts::default() {
        eprintln!(
            "desk: frames not served: {malformed} malformed, {unknown} of unknown types, {too_fast} too fast"
        );
    }
}

/// Resolves when the program is asked to stop. It listens from now on, not from the first poll.
#[cfg(unix)]
fn stop_signal() -> Result<impl Future<Output = ()>, String> {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind| signal(kind).map_err(|error| format!("cannot listen for signals: {error}"));
    let mut interrupt = listen(SignalKind::interrupt())?;
    let mut terminate = listen(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> Result<impl Future<Output = ()>, String> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
