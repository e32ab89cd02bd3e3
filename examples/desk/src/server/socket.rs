//! One connection: lets it in, carries its frames to the desk and the desk's frames to it.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Error;
use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout};

use super::respond::text;
use super::runner::{Command, Out};
use super::{App, origin};
use crate::event::{Door, Event, Socket};
use crate::limits::{FRAME_BYTES, close};

/// Larger frames than the protocol allows are read so far as to be refused in words.
const READ_BYTES: usize = 4 * FRAME_BYTES;
/// A connection that was silent for this long is asked whether it is still there, and given as long
/// again. The browser answers without waking the page. An agent is missed sooner: visitors wait for them.
const fn silence(door: Door) -> Duration {
    match door {
        Door::Visitor => Duration::from_secs(30),
        Door::Agent => Duration::from_secs(15),
    }
}
/// How long one frame may take to go out, and a goodbye to be answered.
const SEND: Duration = Duration::from_secs(30);
const GOODBYE: Duration = Duration::from_secs(1);
/// WebSocket's own code for a message that is too big.
const TOO_BIG: u16 = 1009;

type Upgrade = Result<WebSocketUpgrade, WebSocketUpgradeRejection>;

pub async fn visitor(State(app): State<Arc<App>>, request: HeaderMap, upgrade: Upgrade) -> Response {
    enter(app, &request, upgrade, Door::Visitor, "bharosa.v1")
}

pub async fn agent(State(app): State<Arc<App>>, request: HeaderMap, upgrade: Upgrade) -> Response {
    enter(app, &request, upgrade, Door::Agent, "desk.v1")
}

fn enter(
    app: Arc<App>,
    request: &HeaderMap,
    upgrade: Upgrade,
    door: Door,
    protocol: &'static str,
) -> Response {
    if !origin::allowed(request, &app.options.allow_origin) {
        let sentence = "This origin may not connect. Start the desk with --allow-origin to let it in.";
        return text(StatusCode::FORBIDDEN, sentence);
    }
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    if !speaks(request, protocol) {
        return text(StatusCode::BAD_REQUEST, &format!("The subprotocol spoken here is {protocol}."));
    }
    let Ok(place) = Arc::clone(&app.places).try_acquire_owned() else {
        return text(StatusCode::SERVICE_UNAVAILABLE, "Too many connections; try again later.");
    };
    let upgrade = upgrade.protocols([protocol]).max_message_size(READ_BYTES).max_frame_size(READ_BYTES);
    upgrade.on_upgrade(move |socket| async move {
        serve(&app, socket, door).await;
        drop(place);
    })
}

/// A client that names subprotocols must name ours; one that names none is taken at its word.
fn speaks(request: &HeaderMap, protocol: &str) -> bool {
    let mut lists = request.get_all(header::SEC_WEBSOCKET_PROTOCOL).iter().peekable();
    lists.peek().is_none()
        || lists
            .filter_map(|list| list.to_str().ok())
            .flat_map(|list| list.split(','))
            .any(|one| one.trim() == protocol)
}

async fn serve(app: &App, mut wire: WebSocket, door: Door) {
    let socket = app.next_socket.fetch_add(1, Ordering::Relaxed);
    let (outbox, mut inbox) = mpsc::unbounded_channel();
    if app.commands.send(Command::Open { socket, door, outbox }).await.is_err() {
        return goodbye(wire, close::RESTART, "the desk restarts").await;
    }
    let mut asked = false;
    let silence = silence(door);
    let mut silent_at = Instant::now() + silence;
    loop {
        tokio::select! {
            incoming = wire.recv() => {
                asked = false;
                silent_at = Instant::now() + silence;
                let event = match incoming {
                    Some(Ok(message)) => event_of(socket, message),
                    Some(Err(error)) => {
                        if is_too_big(&error) {
                            goodbye(wire, TOO_BIG, "a frame has at most 65,536 bytes").await;
                        }
                        break;
                    }
                    None => break,
                };
                if let Some(event) = event
                    && app.commands.send(Command::Event(event)).await.is_err()
                {
                    goodbye(wire, close::RESTART, "the desk restarts").await;
                    break;
                }
            }
            out = inbox.recv() => match out {
                Some(Out::Text(text)) => {
                    if !sent(&mut wire, Message::text(text)).await {
                        break;
                    }
                }
                Some(Out::Close { code, reason }) => {
                    goodbye(wire, code, reason).await;
                    break;
                }
                None => {
                    goodbye(wire, close::RESTART, "the desk restarts").await;
                    break;
                }
            },
            () = sleep_until(silent_at) => {
                if asked || !sent(&mut wire, Message::Ping(Vec::new().into())).await {
                    break;
                }
                asked = true;
                silent_at = Instant::now() + silence;
            }
        }
    }
    let _ = app.commands.send(Command::Event(Event::Closed { socket })).await;
}

fn event_of(socket: Socket, message: Message) -> Option<Event> {
    match message {
        Message::Text(text) => Some(Event::Frame { socket, text: text.as_str().to_owned() }),
        Message::Binary(_) => Some(Event::Binary { socket }),
        Message::Ping(_) | Message::Pong(_) | Message::Close(_) => None,
    }
}

/// Whether the frame went out in time. Whoever does not read is let go, so that nothing piles up.
async fn sent(wire: &mut WebSocket, message: Message) -> bool {
    matches!(timeout(SEND, wire.send(message)).await, Ok(Ok(())))
}

/// Says goodbye and waits a little for the answer, so that the other side learns the code.
async fn goodbye(mut wire: WebSocket, code: u16, reason: &'static str) {
    let farewell = async {
        let frame = CloseFrame { code, reason: reason.into() };
        if wire.send(Message::Close(Some(frame))).await.is_ok() {
            while let Some(Ok(_)) = wire.recv().await {}
        }
    };
    let _ = timeout(GOODBYE, farewell).await;
}

fn is_too_big(error: &Error) -> bool {
    error.to_string().contains("too long")
}
