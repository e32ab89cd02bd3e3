//! Icons, drawn on a grid of 24. They never speak: the button around them has a name.

use yew::prelude::*;

fn icon(path: &'static str) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d={path} /></svg>
    }
}

pub fn close() -> Html {
    icon("M6 6l12 12M18 6L6 18")
}

pub fn send() -> Html {
    icon("M5 12h13M12 5l7 7-7 7")
}

pub fn leave() -> Html {
    icon("M10 4H5v16h5M14 8l4 4-4 4M18 12H9")
}

pub fn bank() -> Html {
    icon("M4 10h16L12 4zM6 10v7M10 10v7M14 10v7M18 10v7M4 20h16")
}
