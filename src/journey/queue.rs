//! What the backend last said of its queues. It expires: an old answer is no answer.

use super::NEVER;
use crate::text::within;
use crate::time::Millis;
use crate::value::Value;

/// How long an answer holds when the backend does not say, in seconds.
const HOLDS_S: f64 = 60.0;

#[derive(Debug)]
struct Queue {
    id: String,
    said: Value,
    until: Millis,
}

#[derive(Debug, Default)]
pub struct Queues(Vec<Queue>);

const MANY: usize = 100;

impl Queues {
    /// The backend said `said`, `{queue, open, available, wait_s, length, for_s}`; each but `queue` may be missing.
    pub fn push(&mut self, said: Value, now: Millis) {
        let Some(id) = said.text_at("queue").map(str::to_string) else { return };
        let holds = said.get("for_s").and_then(Value::number).unwrap_or(HOLDS_S);
        self.0.retain(|queue| queue.id != id);
        if self.0.len() < MANY {
            self.0.push(Queue { id, said, until: now + (within(holds, 0.0, 86_400.0) * 1000.0) as Millis });
        }
    }

    /// `what` of the queue `id`; null when it is not known any more.
    pub fn read(&self, id: &str, what: &str, now: Millis) -> Value {
        let queue = self.0.iter().find(|queue| queue.id == id && now < queue.until);
        match (what, queue.and_then(|queue| queue.said.get(what))) {
            ("open", Some(Value::Bool(open))) => Value::Bool(*open),
            ("open", _) => Value::Null,
            (_, Some(Value::Number(number))) => Value::Number(*number),
            _ => Value::Null,
        }
    }

    /// When the next of them expires; [`NEVER`] if none will.
    pub fn changes_at(&self, now: Millis) -> Millis {
        let mut next = NEVER;
        for queue in &self.0 {
            if queue.until > now {
                next = next.min(queue.until);
            }
        }
        next
    }
}
