// The documented shape of every frame on the visitors' socket.

import Ajv2020 from 'ajv/dist/2020';
import fs from 'node:fs';
import path from 'node:path';

import { root } from './paths';

const document = JSON.parse(fs.readFileSync(path.join(root, 'docs/bharosa.v1.asyncapi.json'), 'utf8'));
const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema(document, 'doc');

/** What is wrong with a frame that `side` ("client" or "server") sent, in words; undefined when nothing is. */
export function fault(side, text) {
  const frame = JSON.parse(text);
  const name = `${side}.${frame.type}`;
  const message = document.components.messages[name];
  if (!message) return `${name} is not documented: ${text}`;
  const validate = ajv.getSchema(`doc#/components/messages/${name}/payload`);
  if (!validate(frame)) return `${name}: ${ajv.errorsText(validate.errors)}: ${text}`;
  const unknown = Object.keys(frame).filter((key) => !(key in message.payload.properties));
  return unknown.length ? `${name}: ${unknown} not documented: ${text}` : undefined;
}

/** The kinds of frame `side` may send. */
export const kinds = (side) =>
  Object.keys(document.components.messages).filter((name) => name.startsWith(`${side}.`)).map((name) => name.slice(side.length + 1));
