// A GET that shows what really crosses the wire: Node's `fetch` would unpack the answer.

import http from 'node:http';

/** `{ status, headers, body }`, the body as it came. */
export function get(url, headers = {}) {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { headers, agent: false }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) });
      });
    });
    request.on('error', reject);
  });
}
