//! A visitor's first frame: which session this is, and what of its log they still need.

use crate::availability::Heard;
use crate::change::{Change, Stage};
use crate::connection::Who;
use crate::desk::Desk;
use crate::event::Socket;
use crate::frame::{Hello, Resumed, ServerFrame, Standing, Welcome};
use crate::id::SessionId;
use crate::limits::close;
use crate::refusal::Refusal;
use crate::store::{Ids, Store, secret};

/// The version of the protocol spoken here.
const VERSION: u64 = 1;

impl<S: Store, I: Ids> Desk<S, I> {
    pub(crate) fn hello(&mut self, now: u64, socket: Socket, hello: Hello) -> Result<(), Refusal> {
        if hello.version != VERSION {
            let found = hello.version;
            let message = format!("hello.version: this desk speaks version {VERSION}, found {found}");
            self.refuse(socket, Refusal::bad_frame(message));
            self.close(socket, close::PROTOCOL, "another version of the protocol");
            return Ok(());
        }
        let known = hello.session.as_deref().and_then(|secret| self.state.session_by_secret(secret));
        let (session, resumed, after) = match known {
            Some(session) => {
                let (resumed, after) = self.resume(session, &hello);
                self.keep_locale(session, hello.locale)?;
                (session, resumed, after)
            }
            None => {
                // Whoever names a session holds a log that this desk does not know.
                let resumed = if hello.session.is_some() { Resumed::Reset } else { Resumed::New };
                (self.new_session(now, hello.locale)?, resumed, 0)
            }
        };
        self.greet(socket, session, resumed, after);
        Ok(())
    }

    /// What follows the welcome: the log after this position.
    fn resume(&self, session: SessionId, hello: &Hello) -> (Resumed, u64) {
        let last = self.state.sessions.get(&session).map_or(0, |session| session.seq());
        match &hello.resume {
            None => (Resumed::Replay, 0),
            Some(point) if point.epoch == self.epoch && point.seq <= last => (Resumed::Replay, point.seq),
            Some(_) => (Resumed::Reset, 0),
        }
    }

    /// Stored at once and not with the first route: several tabs hold this secret, and after a
    /// restart each would be given another session if nobody remembered it.
    fn new_session(&mut self, now: u64, locale: Option<String>) -> Result<SessionId, Refusal> {
        let id = self.state.next_session();
        let secret = secret("v", self.draw()?);
        self.commit(vec![Change::Session { id, secret, locale, created: now }])?;
        Ok(id)
    }

    fn keep_locale(&mut self, session: SessionId, locale: Option<String>) -> Result<(), Refusal> {
        let held = self.state.sessions.get(&session).and_then(|session| session.locale.as_ref());
        match locale {
            Some(locale) if held != Some(&locale) => self.commit(vec![Change::Locale { session, locale }]),
            _ => Ok(()),
        }
    }

    fn greet(&mut self, socket: Socket, id: SessionId, resumed: Resumed, after: u64) {
        let Some(session) = self.state.sessions.get(&id) else { return };
        let mut frames = vec![ServerFrame::Welcome(Welcome {
            version: VERSION,
            session: session.secret.clone(),
            epoch: self.epoch.clone(),
            seq: session.seq(),
            resumed,
            conversation: self.standing(id),
        })];
        let missed = session.log.iter().filter(|logged| logged.entry.seq > after);
        frames.extend(missed.map(|logged| ServerFrame::Entry(logged.entry.for_visitor())));
        let mut online = self.online();
        online.sessions.insert(id);
        let place = crate::board::places(&self.state, &online).remove(&id);
        if let Some((queue, position)) = place.clone() {
            frames.push(ServerFrame::Queue { queue, position });
        }
        if session.read.agent > 0 {
            frames.push(ServerFrame::Read { seq: session.read.agent });
        }
        if let Some(connection) = self.sockets.get_mut(&socket) {
            connection.who = Who::Visitor { session: Some(id), told: place, heard: Heard::default() };
        }
        self.stale = true;
        for frame in frames {
            self.send(socket, frame);
        }
    }

    fn standing(&self, id: SessionId) -> Standing {
        let Some(conversation) = self.state.latest_of(id) else {
            return Standing { state: "none", queue: None, agent: None, read: None };
        };
        let agent = match conversation.stage {
            Stage::Active => conversation.agent.and_then(|agent| self.state.agents.get(&agent)),
            _ => None,
        };
        Standing {
            state: conversation.stage.name(),
            queue: Some(conversation.queue.clone()),
            agent: agent.map(|agent| agent.sender()),
            read: self.state.sessions.get(&id).map(|session| session.read),
        }
    }
}
