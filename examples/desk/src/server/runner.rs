//! Runs the desk on a thread of its own: a commit waits for the disk, and nothing else should.

use std::collections::HashMap;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use crate::desk::Desk;
use crate::event::{Counts, Door, Effect, Event, Socket};
use crate::store::{Ids, Store};

/// Frames waiting for the desk. When it is full, connections stop reading until it is not.
const INBOX: usize = 1_024;

pub enum Command {
    Open { socket: Socket, door: Door, outbox: mpsc::UnboundedSender<Out> },
    Event(Event),
    Stop,
}

/// What a connection is to send.
pub enum Out {
    Text(String),
    Close { code: u16, reason: &'static str },
}

/// Starts the thread. What comes back receives commands, and tells when it is over.
pub fn start<S, I>(
    desk: Desk<S, I>,
    runtime: Handle,
) -> Result<(mpsc::Sender<Command>, oneshot::Receiver<Counts>), String>
where
    S: Store + Send + 'static,
    I: Ids + Send + 'static,
{
    let (commands, inbox) = mpsc::channel(INBOX);
    let (finish, finished) = oneshot::channel();
    let work = move || {
        let mut runner = Runner { desk, outboxes: HashMap::new() };
        runner.run(inbox, &runtime);
        let counts = runner.desk.counts();
        // The database is closed before anybody hears that all is done.
        drop(runner);
        let _ = finish.send(counts);
    };
    let thread = thread::Builder::new().name("desk".to_owned());
    thread.spawn(work).map_err(|error| format!("cannot start the desk's thread: {error}"))?;
    Ok((commands, finished))
}

struct Runner<S, I> {
    desk: Desk<S, I>,
    outboxes: HashMap<Socket, mpsc::UnboundedSender<Out>>,
}

impl<S: Store, I: Ids> Runner<S, I> {
    fn run(&mut self, mut inbox: mpsc::Receiver<Command>, runtime: &Handle) {
        loop {
            let wake = self.desk.next_wake();
            let event = match runtime.block_on(next(&mut inbox, wake)) {
                Next::Tick => Event::Tick,
                Next::Command(Command::Event(event)) => event,
                Next::Command(Command::Open { socket, door, outbox }) => {
                    self.outboxes.insert(socket, outbox);
                    Event::Opened { socket, door }
                }
                Next::Command(Command::Stop) | Next::Over => {
                    return self.handle(Event::Stop);
                }
            };
            let gone = match event {
                Event::Closed { socket } => Some(socket),
                _ => None,
            };
            self.handle(event);
            gone.map(|socket| self.outboxes.remove(&socket));
        }
    }

    fn handle(&mut self, event: Event) {
        for effect in self.desk.handle(now(), event) {
            match effect {
                Effect::Send { socket, frame } => match serde_json::to_string(&frame) {
                    Ok(text) => self.put(socket, Out::Text(text)),
                    Err(error) => eprintln!("desk: a frame cannot be written: {error}"),
                },
                Effect::Close { socket, code, reason } => {
                    self.put(socket, Out::Close { code, reason });
                    self.outboxes.remove(&socket);
                }
                Effect::Report(message) => eprintln!("desk: {message}"),
            }
        }
    }

    fn put(&self, socket: Socket, out: Out) {
        if let Some(outbox) = self.outboxes.get(&socket) {
            // A connection that has gone in the meantime says so itself.
            let _ = outbox.send(out);
        }
    }
}

enum Next {
    Command(Command),
    Tick,
    Over,
}

async fn next(inbox: &mut mpsc::Receiver<Command>, wake: Option<u64>) -> Next {
    let command = match wake {
        Some(wake) => match timeout(Duration::from_millis(wake.saturating_sub(now())), inbox.recv()).await {
            Ok(command) => command,
            Err(_) => return Next::Tick,
        },
        None => inbox.recv().await,
    };
    command.map_or(Next::Over, Next::Command)
}

/// Milliseconds since 1970.
pub fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
