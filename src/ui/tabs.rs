//! The panel's rooms to choose from. With one there is nothing to choose, and nothing is drawn.

use super::Words;
use crate::view::Tab;
use yew::prelude::*;

pub fn draw(words: &Words) -> Html {
    if Tab::ALL.len() < 2 {
        return Html::default();
    }
    let tab = |tab: &Tab| html! { <li>{ words.text(tab.key()) }</li> };
    html! { <ul class="tabs">{ for Tab::ALL.iter().map(tab) }</ul> }
}
