//! Agents come and go: the first frame with the token or a secret, and signing out.

use crate::agent_frame::{QueueName, SignIn, ToAgent};
use crate::board::{mine, person};
use crate::change::{Agent, Change, Conversation, Stage};
use crate::connection::Who;
use crate::desk::Desk;
use crate::event::Socket;
use crate::id::{AgentId, ConversationId};
use crate::limits::close;
use crate::refusal::{Code, Refusal};
use crate::store::{Ids, Store, secret};

impl<S: Store, I: Ids> Desk<S, I> {
    pub(crate) fn sign_in(&mut self, socket: Socket, wanted: SignIn) -> Result<(), Refusal> {
        if !same(&wanted.token, &self.settings.token) {
            self.turn_away(
                socket,
                "this is not the desk's token; open the link the desk printed when it started",
            );
            return Ok(());
        }
        if let Some(queue) = wanted.queues.iter().find(|queue| !self.settings.queues.contains_key(*queue)) {
            return Err(Refusal::bad_frame(format!("sign_in.queues: there is no queue {queue:?} here")));
        }
        if wanted.name.chars().chain(wanted.role.chars()).any(char::is_control) {
            return Err(Refusal::bad_frame("sign_in: name and role must be on one line"));
        }
        let agent = Agent {
            id: self.state.next_agent(),
            secret: secret("k", self.draw()?),
            name: wanted.name,
            role: wanted.role,
            queues: wanted.queues,
            skills: wanted.skills,
            signed_out: false,
        };
        let id = agent.id;
        self.commit(vec![Change::Agent(agent)])?;
        self.seat(socket, id);
        Ok(())
    }

    pub(crate) fn sign_in_again(&mut self, socket: Socket, secret: &str) -> Result<(), Refusal> {
        let mut agents = self.state.agents.values();
        let known = agents.find(|agent| !agent.signed_out && same(&agent.secret, secret));
        match known.map(|agent| agent.id) {
            Some(id) => self.seat(socket, id),
            None => self.turn_away(socket, "this sign-in has ended; sign in again"),
        }
        Ok(())
    }

    /// Nobody is left behind: those the agent was talking to wait again, first in line.
    pub(crate) fn sign_out(&mut self, now: u64, agent: AgentId) -> Result<(), Refusal> {
        let talking: Vec<Conversation> =
            mine(&self.state, agent).filter(|one| one.stage == Stage::Active).cloned().collect();
        for conversation in talking {
            let queue = conversation.queue.clone();
            self.hand_to_queue(now, agent, conversation, queue, None)?;
        }
        let Some(record) = self.state.agents.get(&agent).cloned() else { return Ok(()) };
        let mut changes = vec![Change::Agent(Agent { signed_out: true, ..record })];
        changes.extend(mine(&self.state, agent).map(|one| closed(one.clone())));
        let live = self.state.live.iter().filter_map(|id| self.state.conversations.get(id));
        let reserved = live.filter(|one| one.reserved_for == Some(agent));
        changes.extend(
            reserved.map(|one| Change::Conversation(Conversation { reserved_for: None, ..one.clone() })),
        );
        self.commit(changes)?;
        for socket in self.agent_sockets(agent) {
            self.close(socket, close::NORMAL, "signed out");
        }
        Ok(())
    }

    /// Takes an ended conversation off the agent's list.
    pub(crate) fn put_away(&mut self, agent: AgentId, id: ConversationId) -> Result<(), Refusal> {
        let ended = mine(&self.state, agent).find(|one| one.id == id && one.stage == Stage::Ended).cloned();
        match ended {
            Some(conversation) => self.commit(vec![closed(conversation)]),
            None => Err(Refusal::new(Code::NoConversation, "close: not an ended conversation on your list")),
        }
    }

    /// One guess per connection.
    fn turn_away(&mut self, socket: Socket, message: &str) {
        self.refuse(socket, Refusal::new(Code::BadToken, message));
        self.close(socket, close::BAD_TOKEN, "not signed in");
    }

    /// Gives the connection to the agent: who they are, and all of their conversations.
    fn seat(&mut self, socket: Socket, id: AgentId) {
        if let Some(connection) = self.sockets.get_mut(&socket) {
            connection.who = Who::Agent { agent: Some(id), board: None };
        }
        self.stale = true;
        let Some(agent) = self.state.agents.get(&id) else { return };
        let name = |(id, name): (&String, &String)| QueueName { id: id.clone(), name: name.clone() };
        let signed_in = ToAgent::SignedIn {
            agent: person(agent, &self.online()),
            secret: agent.secret.clone(),
            queues: self.settings.queues.iter().map(name).collect(),
        };
        let logs: Vec<ToAgent> = mine(&self.state, id).map(|one| self.log_of(one)).collect();
        self.send_agent(socket, signed_in);
        for log in logs {
            self.send_agent(socket, log);
        }
    }
}

fn closed(conversation: Conversation) -> Change {
    Change::Conversation(Conversation { closed: true, ..conversation })
}

/// Compares without telling by its duration how much of a guess was right.
fn same(left: &str, right: &str) -> bool {
    let differing = left.bytes().zip(right.bytes()).fold(0, |found, (a, b)| found | (a ^ b));
    left.len() == right.len() && differing == 0
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_the_same_text_is_the_same() {
        assert!(super::same("abc", "abc"));
        assert!(!super::same("abc", "abd"));
        assert!(!super::same("abc", "ab"));
        assert!(!super::same("", "abc"));
    }
}
