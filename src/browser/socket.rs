//! The one WebSocket, as events of the widget.

use super::{json, warn};
use crate::link::Socket;
use crate::link::wire::{ClientFrame, MAX_FRAME, PROTOCOL, ServerFrame};
use crate::text::{digits, glue};
use crate::value::Value;
use crate::widget::WidgetEvent;
use gloo::events::EventListener;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{CloseEvent, MessageEvent, WebSocket};

/// Unreadable frames that are answered and told of, per connection.
const MANY: u64 = 10;

/// A connection under way or open; dropping it closes it and stops listening.
pub struct Connection {
    socket: WebSocket,
    number: Socket,
    _listeners: [EventListener; 3],
}

/// Opens a socket; what becomes of it arrives through `send`, a failure to open as [`WidgetEvent::Closed`].
pub fn connect(url: &str, number: Socket, send: Rc<dyn Fn(WidgetEvent)>) -> Option<Connection> {
    let Ok(socket) = WebSocket::new_with_str(url, PROTOCOL) else {
        warn(&glue(&["the backend's address cannot be used: ", url]));
        send(WidgetEvent::Closed(number, 1006));
        return None;
    };
    let told = Rc::clone(&send);
    let opened = EventListener::new(&socket, "open", move |_| told(WidgetEvent::Opened(number)));
    let told = Rc::clone(&send);
    let refused = Rc::new(Cell::new(0u64));
    let answering = socket.clone();
    let received = EventListener::new(&socket, "message", move |event| {
        let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
        match text.ok_or("a binary frame".to_string()).and_then(|text| read(&text)) {
            Ok(frame) => told(WidgetEvent::Received(number, frame)),
            Err(problem) => {
                refused.set(refused.get() + 1);
                // A backend that sends nothing else has said enough after a few.
                if refused.get() <= MANY {
                    let count = digits(refused.get());
                    warn(&glue(&["frame ", &count, " of the backend's that cannot be read: ", &problem]));
                    let answer = ClientFrame::Error(problem).to_value();
                    let _ = answering.send_with_str(&json::stringify(&answer));
                }
            }
        }
    });
    let closed = EventListener::new(&socket, "close", move |event| {
        let code = event.dyn_ref::<CloseEvent>().map_or(1006, CloseEvent::code);
        send(WidgetEvent::Closed(number, code));
    });
    Some(Connection { socket, number, _listeners: [opened, received, closed] })
}

fn read(text: &str) -> Result<ServerFrame, String> {
    if text.len() > MAX_FRAME {
        return Err(glue(&["of ", &digits(text.len() as u64), " bytes; 65536 are the most"]));
    }
    let value = json::parse(text).ok_or("not JSON, or nested deeper than 32 levels")?;
    match value {
        Value::Map(_) => ServerFrame::decode(&value),
        other => Err(glue(&["expected an object, found ", other.kind()])),
    }
}

impl Connection {
    pub fn number(&self) -> Socket {
        self.number
    }

    pub fn send(&self, frame: &ClientFrame) {
        // A socket that has just closed says so by itself.
        let _ = self.socket.send_with_str(&json::stringify(&frame.to_value()));
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let _ = self.socket.close_with_code(1000);
    }
}
