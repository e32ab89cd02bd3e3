//! A visitor's first frame: which session this is, and what of its log they still need.

use crate::availability::Heard;
use crate::change::{Change, Stage};
use crate::connection::Who;
use crate::desk::Desk;
use crate::event::Socket;
use crate::excerpt::newest;
use crate::frame::{Hello, Resumed, ServerFrame, Span, Standing, Welcome};
use crate::id::SessionId;
use crate::limits::{EXCERPT_BYTES, REPLAYED, close};
use crate::refusal::{Code, Refusal};
use crate::store::{Ids, Store, secret};
use crate::token::{Identity, identity};

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
        let identity = match self.identify(now, &hello) {
            Ok(identity) => identity,
            Err(why) => {
                self.refuse(socket, Refusal::new(Code::BadToken, format!("hello.token: {why}")));
                self.close(socket, close::BAD_TOKEN, why);
                return Ok(());
            }
        };
        let customer = identity.as_ref().map(|identity| identity.customer.clone());
        let known = hello.session.as_deref().and_then(|secret| self.state.session_by_secret(secret));
        let (session, resumed, after) = match known {
            Some(session) if !self.may_have(session, customer.as_ref()) => {
                self.close(socket, close::NOT_YOURS, "the session belongs to another customer");
                return Ok(());
            }
            Some(session) => {
                let (resumed, after) = self.resume(session, &hello);
                self.keep(session, hello.locale, customer)?;
                (session, resumed, after)
            }
            None => {
                // Whoever names a session holds a log that this desk does not know.
                let resumed = if hello.session.is_some() { Resumed::Reset } else { Resumed::New };
                (self.new_session(now, hello.locale, customer)?, resumed, 0)
            }
        };
        if let Some(connection) = self.sockets.get_mut(&socket) {
            connection.until = identity.map(|identity| identity.until);
        }
        self.greet(socket, session, resumed, after);
        Ok(())
    }

    /// Who the token names, on a desk that wants tokens; or why the visitor may not enter.
    fn identify(&self, now: u64, hello: &Hello) -> Result<Option<Identity>, &'static str> {
        let Some(secret) = &self.settings.visitor_secret else { return Ok(None) };
        let token = hello.token.as_ref().ok_or("missing, and this desk wants one")?;
        identity(secret, token, now).map(Some)
    }

    /// A session without a customer is given to the first one who holds its secret: they could read all of it before.
    /// One with a customer is theirs alone, also for a desk that has stopped asking for tokens and can know nobody.
    fn may_have(&self, session: SessionId, customer: Option<&String>) -> bool {
        let owner = self.state.sessions.get(&session).and_then(|session| session.customer.as_ref());
        owner.is_none() || owner == customer
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
    fn new_session(
        &mut self,
        now: u64,
        locale: Option<String>,
        customer: Option<String>,
    ) -> Result<SessionId, Refusal> {
        let session = self.state.next_session();
        let secret = secret("v", self.draw()?);
        let mut changes = vec![Change::Session { id: session, secret, locale, created: now }];
        changes.extend(customer.map(|customer| Change::Customer { session, customer }));
        self.commit(changes)?;
        Ok(session)
    }

    /// What a visitor who comes back says of themselves, as far as it is new.
    fn keep(
        &mut self,
        session: SessionId,
        locale: Option<String>,
        customer: Option<String>,
    ) -> Result<(), Refusal> {
        let Some(held) = self.state.sessions.get(&session) else { return Ok(()) };
        let locale = locale.filter(|locale| held.locale.as_ref() != Some(locale));
        let customer = customer.filter(|customer| held.customer.as_ref() != Some(customer));
        let mut changes: Vec<Change> = Vec::new();
        changes.extend(locale.map(|locale| Change::Locale { session, locale }));
        changes.extend(customer.map(|customer| Change::Customer { session, customer }));
        if changes.is_empty() { Ok(()) } else { self.commit(changes) }
    }

    fn greet(&mut self, socket: Socket, id: SessionId, resumed: Resumed, after: u64) {
        let Some(session) = self.state.sessions.get(&id) else { return };
        let missed = Span { from: after.saturating_add(1), to: session.seq() };
        let replayed = newest(session, missed, REPLAYED, EXCERPT_BYTES);
        let first = replayed.span.from.max(session.first());
        let gap = (missed.from < first).then(|| Span { from: missed.from, to: first - 1 });
        let resumed = match resumed {
            // A client that must start over needs to hear that first; `gap` stands beside it.
            Resumed::Replay if gap.is_some() => Resumed::Gap,
            other => other,
        };
        let mut frames = vec![ServerFrame::Welcome(Box::new(Welcome {
            version: VERSION,
            session: session.secret.clone(),
            epoch: self.epoch.clone(),
            seq: session.seq(),
            resumed,
            gap,
            conversation: self.standing(id),
        }))];
        frames.extend(replayed.entries);
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
