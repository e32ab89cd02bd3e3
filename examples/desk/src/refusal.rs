//! Why something was not accepted. It is also the `error` frame of both protocols.

use serde::Serialize;

/// The protocol's error codes; the last two are heard by agents only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    BadFrame,
    TooLarge,
    TooDeep,
    NotReady,
    NoConversation,
    Rate,
    Internal,
    BadToken,
    Restart,
    Gone,
    NoAgent,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    pub code: Code,
    /// A sentence for the developer's console: where, what, what instead.
    pub message: String,
    /// The frame it answers, so that the sender can mark the right message as failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<u64>,
}

impl Refusal {
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), cid: None, retry_after_ms: None }
    }

    pub fn bad_frame(message: impl Into<String>) -> Self {
        Self::new(Code::BadFrame, message)
    }

    pub fn rate(retry_after_ms: u64) -> Self {
        let limit = crate::limits::WINDOW_FRAMES;
        let seconds = crate::limits::WINDOW_MS / 1_000;
        Self {
            retry_after_ms: Some(retry_after_ms),
            ..Self::new(
                Code::Rate,
                format!("more than {limit} frames in {seconds} seconds; send it again later"),
            )
        }
    }

    /// Said before a restart: when this client may come back.
    pub fn restart(retry_after_ms: u64) -> Self {
        Self { retry_after_ms: Some(retry_after_ms), ..Self::new(Code::Restart, "the desk restarts") }
    }

    /// Says which frame is meant.
    pub fn of(mut self, cid: Option<&str>) -> Self {
        self.cid = cid.map(str::to_owned);
        self
    }
}
