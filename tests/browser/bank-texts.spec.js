// The demo bank speaks three languages. These tests read its files, without a
// browser, and hold the pages and the translations to each other.
import { test, expect } from "@playwright/test";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const site = join(__dirname, "../../www/bank/");
const read = (name) => readFileSync(site + name, "utf8");
const pages = readdirSync(site, { recursive: true }).filter((name) => name.endsWith(".html")).sort();
const languages = Object.fromEntries(["ur", "hi"].map((name) => [name, JSON.parse(read(`i18n/${name}.json`))]));

/** Every key a page asks for, with the English text that stands there. */
function keysOf(html) {
  const found = [];
  for (const tag of html.matchAll(/<[a-z][^<>]*>/gi)) {
    const own = tag[0].match(/\sdata-t="([^"]+)"/);
    const after = html.slice(tag.index + tag[0].length);
    if (own) found.push([own[1], after.slice(0, after.indexOf("<"))]);
    for (const [, attribute, key] of tag[0].matchAll(/\sdata-t-([a-z-]+)="([^"]+)"/g)) {
      found.push([key, tag[0].match(new RegExp(`\\s${attribute}="([^"]*)"`))?.[1] ?? ""]);
    }
  }
  return found.map(([key, text]) => [key, text.replaceAll("&amp;", "&").replaceAll("&quot;", '"').trim()]);
}

const used = new Map();
for (const page of pages) {
  for (const [key, english] of keysOf(read(page))) {
    used.set(key, (used.get(key) ?? []).concat({ page, english }));
  }
}

test("every text of every page is translated, and no translation is left over", () => {
  expect(pages).toHaveLength(10);
  const keys = [...used.keys()].sort();
  for (const [name, texts] of Object.entries(languages)) {
    expect(Object.keys(texts).sort(), name).toEqual(keys);
    expect(Object.values(texts).filter((text) => !text.trim()), name).toEqual([]);
  }
});

test("a key means the same English text wherever it is used", () => {
  for (const [key, places] of used) {
    expect(new Set(places.map((place) => place.english)).size, key).toBe(1);
    expect(places[0].english, key).not.toBe("");
  }
});

test("the figures of a translation are the figures of the English text", () => {
  const figures = (text) => (text.match(/\d+([.,:]\d+)*/g) ?? []).sort();
  for (const [name, texts] of Object.entries(languages)) {
    for (const [key, [{ english }]] of used) {
      expect(figures(texts[key]), `${name} ${key}`).toEqual(figures(english));
      expect(texts[key], `${name} ${key}: digits of another script`).not.toMatch(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/);
    }
  }
});

test("visible text does not escape translation", () => {
  // Names of languages and standards, figures and telephone numbers read the same everywhere.
  const neutral = /^(English|اردو|हिन्दी|IBAN|DE89 3704 .*|[\d\s€%+−–•.,]*)$/u;
  for (const page of pages) {
    const body = read(page).replace(/^[\s\S]*?<body[^>]*>/, "");
    for (const [, tag, text] of body.matchAll(/<([^<>]*)>([^<]+)/g)) {
      if (!tag.includes("data-t=")) expect(text.trim(), `${page} <${tag}>`).toMatch(neutral);
    }
  }
});

test("the pages share one header and one footer, and each has the widget's tag once", () => {
  const widget = '<script async src="/bharosa/bharosa.js" data-config="/bharosa.json" data-fallback="/contact"></script>';
  const part = (html, name) => html.match(new RegExp(`<${name} class="site-${name}">[\\s\\S]*?</${name}>`))?.[0];
  for (const page of pages) {
    const html = read(page);
    expect(html.split(widget), page).toHaveLength(2);
    expect(part(html, "footer"), page).toBe(part(read("index.html"), "footer"));
    if (page !== "portal.html") expect(part(html, "header"), page).toBe(part(read("index.html"), "header"));
  }
});

test("nothing is inline that a strict content security policy forbids", () => {
  for (const page of pages) {
    const html = read(page);
    expect(html, page).not.toMatch(/\sstyle=|<style|\son[a-z]+=/i);
    expect(html, page).not.toMatch(/<script(?![^>]*\ssrc=)/i);
  }
});
