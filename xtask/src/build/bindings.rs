//! wasm-bindgen as a library, always the version that the sources were compiled with: nobody installs its program.

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use super::compile::Module;
use super::files::Files;
use super::{names, starter};

/// Adds `NAME.js`, the glue, and `NAME.wasm`.
pub fn add(files: &mut Files, module: &Module) -> Result<()> {
    let name = module.name;
    let mut output = Bindgen::new()
        .input_bytes(name, module.wasm.clone())
        .web(true)?
        .typescript(false)
        // The loader always passes the module that it has checked: a default address would go around that.
        .omit_default_module_path(true)
        .generate_output()
        .with_context(|| format!("wasm-bindgen cannot read {name}.wasm"))?;
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
