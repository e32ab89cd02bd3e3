//! What the agents do: accept, answer, read, pass on, end.

use super::server::{AGENTS, TOKEN};
use super::world::{Happening, World};
use desk::change::Stage;
use desk::id::AgentId;
use desk::{Door, Event};
use serde_json::{Value, json};

impl World {
    pub fn agent_acts(&mut self) {
        if self.faults.over {
            return;
        }
        let pause = 200 + self.will.next() % 6_000;
        self.queue.push(self.now + pause, Happening::Agent);
        let index = self.will.below(2) as u64;
        let socket = AGENTS + index;
        let Some(desk) = &self.server.desk else { return };
        let state = desk.state();
        // The order of their ids is the order in which they sat down.
        let Some(me) = state.agents.keys().nth(index as usize).copied() else {
            self.sit_down(socket);
            return;
        };
        let live = || state.live.iter().filter_map(|id| state.conversations.get(id));
        let waiting = live().find(|one| one.stage == Stage::Waiting).map(|one| one.id.to_string());
        let mine: Vec<(String, u64)> = live()
            .filter(|one| one.stage == Stage::Active && one.agent == Some(me))
            .map(|one| {
                (one.id.to_string(), state.sessions.get(&one.session).map_or(0, |session| session.seq()))
            })
            .collect();
        if let (Some(id), true) = (waiting, self.will.below(10) < 8) {
            self.agent_says(socket, json!({"type": "accept", "conversation": id}));
            return;
        }
        if mine.is_empty() {
            return;
        }
        let (id, seq) = self.will.pick(&mine).clone();
        match self.will.below(100) {
            0..65 => self.agent_answers(socket, &id),
            65..85 => self.agent_says(socket, json!({"type": "read", "conversation": id, "seq": seq})),
            85..92 => self.agent_says(socket, json!({"type": "typing", "conversation": id, "on": true})),
            92..95 => {
                self.agent_says(
                    socket,
                    json!({"type": "transfer", "conversation": id, "to": {"queue": "cards"}}),
                );
            }
            95..97 => {
                let other = AgentId(if me.0 == 1 { 2 } else { 1 }).to_string();
                self.agent_says(
                    socket,
                    json!({"type": "transfer", "conversation": id, "to": {"agent": other}}),
                );
            }
            97..98 if self.plan.lectures => {
                self.plan.lectures = false;
                (0..230).for_each(|_| self.agent_answers(socket, &id));
            }
            97..99 => self.agent_says(socket, json!({"type": "end", "conversation": id})),
            _ => self.agent_says(socket, json!({"type": "sign_out_later"})),
        }
    }

    fn agent_answers(&mut self, socket: u64, id: &str) {
        self.told += 1;
        let text = format!("a{}", self.told);
        self.agent_says(
            socket,
            json!({"type": "message", "conversation": id, "cid": text.clone(), "text": text}),
        );
    }

    fn agent_says(&mut self, socket: u64, frame: Value) {
        self.trace.line(self.now, || format!("agent {}: {frame}", socket - AGENTS));
        self.serve(Event::Frame { socket, text: frame.to_string() });
    }

    /// The first sign-in failed, because the disk did.
    fn sit_down(&mut self, socket: u64) {
        self.serve(Event::Opened { socket, door: Door::Agent });
        let queues = ["general", "loans", "cards"];
        self.agent_says(
            socket,
            json!({"type": "sign_in", "token": TOKEN, "name": "Late", "role": "", "queues": queues, "skills": []}),
        );
    }
}
