//! What can go wrong. Each seed is given some of it, each with a rate of its own, so that no fault hides another.

use super::dice::Dice;

macro_rules! faults {
    ($($name:ident $told:literal $kind:ident,)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Fault { $($name),* }

        pub const FAULTS: &[(Fault, &str, Kind)] = &[$((Fault::$name, $told, Kind::$kind)),*];
    };
}

/// How a fault comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// At a moment of its own.
    Moment,
    /// One time in so many, where something is done that it can spoil.
    Chance,
    /// From the beginning to the end.
    Whole,
}

faults! {
    Refuse "connection refused" Chance,
    Hang "connection never answered" Chance,
    SlowDoor "slow handshake" Chance,
    ResetAfter "reset after some frames" Chance,
    Reset "reset" Moment,
    StallUp "half open, sending" Moment,
    StallDown "half open, receiving" Moment,
    Vanish "peer gone without a word" Moment,
    Latency "latency of seconds" Chance,
    OldSocket "old socket delivers late" Chance,
    Offline "offline and online" Moment,
    AckLost "server dies after a commit" Chance,
    CommitFails "commit fails" Chance,
    Restart "server restarts" Moment,
    LogLoss "server loses its log" Moment,
    Drain "server drains, 1012" Moment,
    RetryAfter "retry after, 1013" Moment,
    Trim "history trimmed" Whole,
    TokenExpiry "token expires, 4401" Whole,
    TokenSlow "token refresh slow" Chance,
    TokenFails "token refresh fails" Chance,
    Rate "refused as too fast" Chance,
    Oversize "frame too large" Moment,
    Invalid "frame invalid" Moment,
    Deep "frame too deep" Moment,
    Unknown "frame unknown" Moment,
    Twice "entry sent twice" Chance,
    Swapped "replay out of order" Chance,
    Flood "flood of frames" Moment,
    Hide "tab hidden" Moment,
    LongHidden "tab hidden for long" Moment,
    Freeze "tab frozen" Moment,
    Cached "back/forward cache" Moment,
    Crash "tab crashes" Moment,
    CloseTab "tab closed" Moment,
    Navigate "navigation" Moment,
    NewTab "another tab" Moment,
    CopyTab "tab duplicated" Moment,
    Quota "storage full" Moment,
    Throws "storage denied" Whole,
    Wiped "storage wiped" Moment,
    Kill "browser killed" Moment,
    SlowFind "durable storage slow or unreadable" Chance,
    Stolen "lock stolen" Moment,
    NeverLocked "lock never granted" Chance,
    LosesPost "channel loses a message" Chance,
    ClockJump "clock jumps an hour" Moment,
    Switch "customer switched" Moment,
    Alone "no locks, no channel" Whole,
}

pub const COUNT: usize = FAULTS.len();

/// These have few occasions to strike, so that they take nearly each.
const RARE: [Fault; 4] = [Fault::OldSocket, Fault::TokenSlow, Fault::TokenFails, Fault::Swapped];

/// The faults of one seed.
pub struct Faults {
    on: u64,
    rate: [u16; COUNT],
    dice: Dice,
    /// Which struck.
    pub hit: u64,
    /// For each, which had struck before it did.
    pub before: [u64; COUNT],
    /// Over: from here on nothing goes wrong.
    pub over: bool,
}

impl Faults {
    /// `only` restricts them, for finding the few that matter.
    pub fn new(seed: u64, only: u64) -> Faults {
        let mut dice = Dice::new(seed ^ 0xfa17);
        let share = *dice.pick(&[0, 8, 15, 25, 40]);
        let mut on = 0;
        let mut rate = [0; COUNT];
        for (index, (_, _, kind)) in FAULTS.iter().enumerate() {
            // Drawn for every fault, wanted or not, so that restricting them leaves the others as they were.
            let chosen = dice.below(100) < share;
            rate[index] = *dice.pick(&[5, 20, 60, 150, 300]);
            let rare = *kind == Kind::Whole && dice.one_in(3);
            if chosen && !rare {
                on |= 1 << index;
            }
        }
        for fault in RARE {
            rate[fault as usize] += 400;
        }
        Faults { on: on & only, rate, dice, hit: 0, before: [0; COUNT], over: false }
    }

    pub fn has(&self, fault: Fault) -> bool {
        self.on & bit(fault) != 0
    }

    pub fn on(&self) -> u64 {
        self.on
    }

    /// Whether a chance fault strikes now.
    pub fn strikes(&mut self, fault: Fault) -> bool {
        if self.over || !self.has(fault) {
            return false;
        }
        let struck = self.dice.below(1000) < usize::from(self.rate[fault as usize]);
        if struck {
            self.struck(fault);
        }
        struck
    }

    /// Milliseconds until a fault of the moment comes again.
    pub fn pause(&mut self, fault: Fault) -> u64 {
        let mean = 15_000_000 / (100 + u64::from(self.rate[fault as usize]) * 3);
        1 + self.dice.next() % (2 * mean)
    }

    pub fn struck(&mut self, fault: Fault) {
        self.before[fault as usize] |= self.hit;
        self.hit |= bit(fault);
    }

    pub fn was(&self, fault: Fault) -> bool {
        self.hit & bit(fault) != 0
    }
}

pub fn bit(fault: Fault) -> u64 {
    1 << fault as usize
}

/// The names of a set, for telling and for the variable `FAULTS`.
pub fn names(set: u64) -> String {
    let names = FAULTS.iter().filter(|(fault, _, _)| set & bit(*fault) != 0);
    names.map(|(fault, _, _)| format!("{fault:?}")).collect::<Vec<_>>().join(",")
}

/// The set that [`names`] wrote.
pub fn named(text: &str) -> u64 {
    let named = |name: &str| FAULTS.iter().find(|(fault, _, _)| format!("{fault:?}") == name);
    text.split(',').filter(|name| !name.is_empty()).fold(0, |set, name| match named(name) {
        Some((fault, _, _)) => set | bit(*fault),
        None => panic!("no such fault: {name}"),
    })
}

impl Faults {
    /// How often of a thousand times a fault strikes; 0 when it is not among this seed's.
    pub fn rate_of(&self, fault: Fault) -> u16 {
        if self.has(fault) { self.rate[fault as usize] } else { 0 }
    }
}
