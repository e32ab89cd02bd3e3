//! The bank's pages, the widget's files and the config, read from their folders at every request:
//! whoever edits a page or the config sees it on the next load.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use tokio::fs;

use super::respond::{Asset, accepts_brotli, asset, kind_of, text};
use super::{App, csp, url_path};

/// The single-page application of the demo: every address below it is the same page.
const PORTAL: &str = "portal";

pub async fn site(State(app): State<Arc<App>>, uri: Uri, request: HeaderMap) -> Response {
    let policy = Some(csp::for_bank(uri.query()));
    let wanted = url_path::relative(uri.path()).map(|path| names(&path)).unwrap_or_default();
    if let Some(found) = first(&app.options.site, &wanted, &request).await {
        let policy = policy.filter(|_| found.kind.starts_with("text/html"));
        return asset(Asset { policy, ..found }, &request);
    }
    match read(&app.options.site, "404.html", &request).await {
        Some(found) => {
            // Without the request's headers: a page that is missing is never "not modified".
            let mut response = asset(Asset { policy, ..found }, &HeaderMap::new());
            *response.status_mut() = StatusCode::NOT_FOUND;
            response
        }
        None => text(StatusCode::NOT_FOUND, "There is no such page."),
    }
}

pub async fn widget(State(app): State<Arc<App>>, uri: Uri, request: HeaderMap) -> Response {
    let path = uri.path().strip_prefix("/bharosa/").and_then(url_path::relative);
    let found = match path {
        Some(path) => read(&app.options.widget, &path, &request).await,
        None => None,
    };
    match found {
        Some(found) => asset(found, &request),
        None => {
            text(StatusCode::NOT_FOUND, "The widget has no such file; build it with `cargo xtask build`.")
        }
    }
}

pub async fn config(State(app): State<Arc<App>>, request: HeaderMap) -> Response {
    match fs::read(&app.options.config).await {
        Ok(body) => {
            let kind = "application/json";
            asset(Asset { body: body.into(), kind, brotli: false, policy: None }, &request)
        }
        Err(error) => text(StatusCode::NOT_FOUND, &format!("The config cannot be read: {error}.")),
    }
}

/// The files that a page's address may mean, best first.
fn names(path: &str) -> Vec<String> {
    if path.is_empty() {
        return vec!["index.html".to_owned()];
    }
    let mut names = vec![path.to_owned(), format!("{path}.html"), format!("{path}/index.html")];
    if path.split('/').next() == Some(PORTAL) {
        names.push(format!("{PORTAL}.html"));
    }
    names
}

async fn first(folder: &Path, names: &[String], request: &HeaderMap) -> Option<Asset> {
    for name in names {
        if let Some(found) = read(folder, name, request).await {
            return Some(found);
        }
    }
    None
}

async fn read(folder: &Path, name: &str, request: &HeaderMap) -> Option<Asset> {
    let path = inside(folder, name).await?;
    let plain = fs::read(&path).await.ok()?;
    let kind = kind_of(Path::new(name));
    if accepts_brotli(request)
        && let Some(twin) = inside(folder, &format!("{name}.br")).await
        && let Ok(body) = fs::read(&twin).await
    {
        return Some(Asset { body: body.into(), kind, brotli: true, policy: None });
    }
    Some(Asset { body: plain.into(), kind, brotli: false, policy: None })
}

/// The real path of a file. A link that leads out of the folder leads nowhere.
async fn inside(folder: &Path, name: &str) -> Option<PathBuf> {
    let folder = fs::canonicalize(folder).await.ok()?;
    let path = fs::canonicalize(folder.join(name)).await.ok()?;
    path.starts_with(&folder).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_means_a_page() {
        let check = |path: &str, expected: &[&str]| assert_eq!(names(path), expected, "{path}");
        check("", &["index.html"]);
        check("rates", &["rates", "rates.html", "rates/index.html"]);
        check("portal", &["portal", "portal.html", "portal/index.html", "portal.html"]);
        check("portal/a/b", &["portal/a/b", "portal/a/b.html", "portal/a/b/index.html", "portal.html"]);
        check("portals", &["portals", "portals.html", "portals/index.html"]);
    }
}
