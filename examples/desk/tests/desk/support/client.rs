//! A WebSocket client. It waits for frames, never for time; the deadline only ends a failing test.

use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use tungstenite::client::IntoClientRequest;
use tungstenite::http::HeaderValue;
use tungstenite::{Error, HandshakeError, Message, WebSocket};

use super::program::Program;
use super::schema;
use super::short::short;

const DEADLINE: Duration = Duration::from_secs(20);

pub struct Client {
    wire: WebSocket<TcpStream>,
    visitor: bool,
}

/// How a connection is asked for.
pub struct Ask<'a> {
    pub path: &'a str,
    pub origin: Option<&'a str>,
    pub protocol: Option<&'a str>,
}

/// The connection, or the status it was refused with.
pub fn connect(program: &Program, ask: &Ask) -> Result<Client, u16> {
    let stream = TcpStream::connect(&program.address).expect("the desk listens");
    stream.set_read_timeout(Some(DEADLINE)).expect("a deadline");
    let url = format!("ws://{}{}", program.address, ask.path);
    let mut request = url.into_client_request().expect("a request");
    for (name, value) in [("Origin", ask.origin), ("Sec-WebSocket-Protocol", ask.protocol)] {
        if let Some(value) = value {
            request.headers_mut().insert(name, HeaderValue::from_str(value).expect("a header"));
        }
    }
    match tungstenite::client(request, stream) {
        Ok((wire, _)) => Ok(Client { wire, visitor: ask.path == "/ws" }),
        Err(HandshakeError::Failure(Error::Http(response))) => Err(response.status().as_u16()),
        Err(other) => panic!("the handshake broke: {other}"),
    }
}

impl Client {
    pub fn visitor(program: &Program, hello: Value) -> Self {
        let mut client = Self::open(program, "/ws", "bharosa.v1");
        client.say(hello);
        client
    }

    /// A newcomer, and their welcome.
    pub fn newcomer(program: &Program) -> (Self, Value) {
        let mut client = Self::visitor(program, json!({"type": "hello", "version": 1}));
        let welcome = client.frame();
        assert_eq!(welcome["type"], "welcome");
        (client, welcome)
    }

    pub fn agent(program: &Program, name: &str) -> Self {
        let mut client = Self::open(program, "/desk/ws", "desk.v1");
        client.say(json!({"type": "sign_in", "token": program.token, "name": name, "queues": ["loans"], "skills": []}));
        client
    }

    pub fn open(program: &Program, path: &str, protocol: &str) -> Self {
        let origin = format!("http://{}", program.address);
        let ask = Ask { path, origin: Some(&origin), protocol: Some(protocol) };
        connect(program, &ask).unwrap_or_else(|status| panic!("refused with {status}"))
    }

    pub fn say(&mut self, frame: Value) {
        self.send(Message::text(frame.to_string()));
    }

    pub fn send(&mut self, message: Message) {
        self.wire.send(message).expect("it can be sent");
    }

    pub fn frame(&mut self) -> Value {
        self.maybe_frame().unwrap_or_else(|close| panic!("closed with {close:?}"))
    }

    /// The next frame, or the code the connection was closed with.
    pub fn maybe_frame(&mut self) -> Result<Value, Option<u16>> {
        loop {
            match self.wire.read() {
                Ok(Message::Text(text)) => {
                    let frame: Value = serde_json::from_str(&text).expect("JSON");
                    if self.visitor {
                        schema::check_sent(&frame);
                    }
                    // How the queues stand is told all the time: it is in no story's way.
                    if frame["type"] != "availability" {
                        return Ok(frame);
                    }
                }
                Ok(Message::Close(close)) => return Err(close.map(|close| close.code.into())),
                Ok(_) => {}
                Err(Error::Io(error)) if error.kind() == std::io::ErrorKind::WouldBlock => {
                    panic!("nothing came for {DEADLINE:?}")
                }
                Err(_) => return Err(None),
            }
        }
    }

    pub fn hear(&mut self) -> String {
        short(&self.frame())
    }

    /// Reads on until a frame that starts like this.
    pub fn until(&mut self, start: &str) -> Value {
        loop {
            let frame = self.frame();
            if short(&frame).starts_with(start) {
                return frame;
            }
        }
    }

    /// The code it is closed with, after whatever else comes.
    pub fn closed(&mut self) -> Option<u16> {
        loop {
            if let Err(code) = self.maybe_frame() {
                return code;
            }
        }
    }
}
