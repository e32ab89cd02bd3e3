//! wasm-bindgen as a library, always the version that the sources were compiled with: nobody installs its program.

use anyhow::{Context, Result, bail, ensure};
use wasm_bindgen_cli_support::{Bindgen, Output};

use super::compile::Module;
use super::files::Files;
use super::{modules, names, panics, starter};
use crate::paths::Paths;

/// The programs whose shell is our own JavaScript: it exchanges nothing but text, and brings its own few lines of
/// glue.
const TEXT_ONLY: [&str; 2] = ["tracker", "check"];

/// What those few lines call, by the names wasm-bindgen gives them.
const ALLOCATOR: [(&str, &str); 2] = [("__wbindgen_malloc", "malloc"), ("__wbindgen_free", "free")];

/// Adds `NAME.js`, the glue, and `NAME.wasm`.
pub fn add(paths: &Paths, files: &mut Files, module: &Module) -> Result<()> {
    let name = module.name;
    let output = Bindgen::new()
        .input_bytes(name, module.wasm.clone())
        .web(true)?
        .typescript(false)
        // The loader always passes the module that it has checked: a default address would go around that.
        .omit_default_module_path(true)
        .generate_output()
        .with_context(|| format!("wasm-bindgen cannot read {name}.wasm"))?;
    if TEXT_ONLY.contains(&name) {
        let script = modules::bundle(&paths.root.join("src/browser/page"), name)?;
        files.set(&format!("{name}.js"), script.into_bytes());
        return text_only(files, name, output);
    }
    glued(files, name, output)
}

/// Leaves of the module what our own glue knows, so that wasm-opt can throw out the rest.
fn text_only(files: &mut Files, name: &str, mut output: Output) -> Result<()> {
    let wasm = output.wasm_mut();
    for import in wasm.imports.iter_mut() {
        import.module = "b".to_string();
        let name = match import.name.as_str() {
            name if name.starts_with("__wbg_zone_") => "zone",
            // wasm-bindgen's way out, and a start that only its own glue needs: never called in a module of ours.
            name if name.starts_with("__wbg___wbindgen_throw_") => "no",
            "__wbindgen_init_externref_table" => "no",
            other => bail!("{name}.wasm imports {other}, which src/browser/page/core.js does not have"),
        };
        import.name = name.to_string();
    }
    for (inner, ours) in ALLOCATOR {
        let export = wasm.exports.iter_mut().find(|export| export.name == inner);
        export.with_context(|| format!("{name}.wasm has no export {inner}"))?.name = ours.to_string();
    }
    // Names of another compiler would leave every panic's words in.
    ensure!(panics::silence(wasm) > 3, "no panics found in {name}.wasm: look at xtask's panics.rs");
    let unused: Vec<_> = wasm.exports.iter().filter(|e| e.name.starts_with("__")).map(|e| e.id()).collect();
    unused.into_iter().for_each(|id| wasm.exports.delete(id));
    files.set(&format!("{name}.wasm"), wasm.emit_wasm());
    Ok(())
}

fn glued(files: &mut Files, name: &str, mut output: Output) -> Result<()> {
    let mut script = output.js().to_string();
    ensure!(
        !script.contains("./snippets/"),
        "the glue {name}.js loads JavaScript files of a dependency, which the integrity chain does not cover: \
         find the `inline_js` or `module = \"/…\"` and do without it"
    );
    script = starter::shorten(&script).with_context(|| format!("in the glue {name}.js"))?;
    // Named once per import: every letter counts a hundred times.
    let from = format!("./{name}_bg.js");
    ensure!(script.contains(&from), "the glue {name}.js does not name {from}");
    script = script.replace(&from, "b");
    for (index, import) in output.wasm_mut().imports.iter_mut().enumerate() {
        import.module = import.module.replace(&from, "b");
        let short = names::short(index);
        if let Some(renamed) = names::rename_key(&script, &import.name, &short) {
            script = renamed;
            import.name = short;
        }
    }
    // What the glue calls for itself; our own exports keep their names.
    let inner = output.wasm_mut().exports.iter_mut().filter(|export| export.name.contains("__"));
    for (index, export) in inner.enumerate() {
        let short = format!("_{}", names::short(index));
        script = names::rename_member(&script, "wasm", &export.name, &short);
        export.name = short;
    }
    files.set(&format!("{name}.js"), script.into_bytes());
    files.set(&format!("{name}.wasm"), output.wasm_mut().emit_wasm());
    Ok(())
}

/// The loader starts a module by the glue's default export.
pub fn exports_start(script: &str) -> bool {
    let squeezed: String = script.chars().filter(|c| !c.is_whitespace()).collect();
    squeezed.contains("asdefault") || squeezed.contains("exportdefault")
}
