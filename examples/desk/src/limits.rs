//! What one client may ask of the desk. Each figure is part of the protocol or of its demo set-up.

/// Bytes in one frame.
pub const FRAME_BYTES: usize = 65_536;
/// Nested objects and lists in one frame.
pub const FRAME_DEPTH: usize = 32;
/// Characters in one message or note.
pub const TEXT_CHARS: usize = 10_000;
/// Characters in a client's own id for a frame.
pub const CID_CHARS: usize = 64;
/// Characters in an id, a name, a role, a language.
pub const NAME_CHARS: usize = 80;
/// Lines of context with one route.
pub const CONTEXT_LINES: usize = 32;
/// Time for a visitor's first `hello`.
pub const HELLO_MS: u64 = 5_000;
/// Length of the window in which frames are counted.
pub const WINDOW_MS: u64 = 10_000;
/// Frames served within a window; what is above is refused.
pub const WINDOW_FRAMES: u32 = 100;
/// Frames within a window after which the connection is closed. High enough for a client that
/// sends a full outbox of 200 messages at once to be slowed down, not thrown out.
pub const FLOOD_FRAMES: u32 = 300;
/// Seconds for which a visitor may rely on what they heard of the queues, and when it is said again.
pub const AVAILABILITY_S: u64 = 300;
pub const AVAILABILITY_MS: u64 = 240_000;
/// Entries that follow a welcome, and entries that answer one `fetch`: the newest ones.
pub const REPLAYED: usize = 200;
pub const FETCHED: usize = 100;
/// Bytes of text in either.
pub const EXCERPT_BYTES: usize = 524_288;
/// How soon the first client may come back after a restart, and how long it takes until the last one has.
pub const RESTART_MS: u64 = 1_000;
pub const RETURN_MS: u64 = 10_000;
/// How long an agent may be away before those they talk to wait for another one. With the time it takes to find a dead
/// connection it stays below a minute.
pub const VANISHED_MS: u64 = 25_000;
/// An agent serves several visitors through one connection.
pub const AGENT_FACTOR: u32 = 5;

/// Close codes of the protocol.
pub mod close {
    pub const NORMAL: u16 = 1000;
    pub const RESTART: u16 = 1012;
    pub const PROTOCOL: u16 = 4400;
    pub const BAD_TOKEN: u16 = 4401;
    pub const NOT_YOURS: u16 = 4403;
    pub const NO_HELLO: u16 = 4408;
    pub const FLOOD: u16 = 4409;
}
