//! What can be told of a form without looking at what is typed into it: which fields were touched, how often
//! something was found wrong, how long the visitor hesitates, whether they left it.

use crate::time::Millis;

/// What happened in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormStep {
    /// A field got the focus, or lost it to something outside the form.
    Focus,
    Blur,
    /// A field, counted from 0, was changed.
    Touch(usize),
    /// A field was found wrong.
    Error,
    /// The form was sent.
    Sent,
}

#[derive(Debug, Default)]
pub struct Form {
    pub id: String,
    /// A bit for each of the first 64 fields.
    touched: u64,
    pub errors: u64,
    focused: bool,
    pub sent: bool,
    pub abandoned: bool,
    pub hesitation: Millis,
}

/// The forms of this page view. A page cannot make this list long.
#[derive(Debug, Default)]
pub struct Forms(Vec<Form>);

const MANY: usize = 50;

impl Forms {
    pub fn get(&self, id: &str) -> Option<&Form> {
        self.0.iter().find(|form| form.id == id)
    }

    /// Notes `step` in the form `id`. Returns the name of the event that signals may count, if it is one.
    pub fn step(&mut self, id: &str, step: FormStep) -> Option<&'static str> {
        if self.get(id).is_none() && self.0.len() < MANY {
            self.0.push(Form { id: id.to_string(), ..Form::default() });
        }
        let form = self.0.iter_mut().find(|form| form.id == id)?;
        form.hesitation = 0;
        match step {
            FormStep::Focus => {
                form.focused = true;
                form.abandoned = false;
            }
            FormStep::Touch(field) => {
                form.touched |= 1 << field.min(63);
                (form.sent, form.abandoned) = (false, false);
            }
            FormStep::Error => {
                form.errors += 1;
                return Some("form_error");
            }
            FormStep::Sent => {
                form.focused = false;
                form.sent = true;
                return Some("form_sent");
            }
            FormStep::Blur => {
                form.focused = false;
                return form.leave().then_some("form_abandoned");
            }
        }
        None
    }

    /// The visitor leaves the page. Answers with the next form they abandon by that, until there is none.
    pub fn leave(&mut self) -> Option<String> {
        let form = self.0.iter_mut().find_map(|form| form.leave().then_some(&form.id))?;
        Some(form.clone())
    }

    /// The page was visible for so long since the last call.
    pub fn advance(&mut self, visible: Millis) {
        for form in &mut self.0 {
            if form.focused {
                form.hesitation += visible;
            }
        }
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl Form {
    /// Whether it is abandoned now and was not before.
    fn leave(&mut self) -> bool {
        let abandons = self.touched != 0 && !self.sent && !self.abandoned;
        self.abandoned |= abandons;
        abandons
    }

    pub fn fields(&self) -> u64 {
        u64::from(self.touched.count_ones())
    }

    pub fn hesitates(&self) -> bool {
        self.focused
    }
}
