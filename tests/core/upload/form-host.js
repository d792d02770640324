// SPDX-License-Identifier: GPL-3.0-or-later
//
// A host of pictures on loopback that takes forms; busboy reads them, the parser that multer stands on. Prints its port,
// and ends with 77 where busboy is not installed.
//
//   POST /json    {"status": "ok", "data": {"links": [{"url": …}], "delete": …}}, with "Authorization: Bearer let me in"
//   POST /text    the address as plain text
//   POST /within  an address that is relative to the host
//   POST /full    507, and says the secret twice
//   GET  /NAME    the picture
//   DELETE /NAME, GET /remove/NAME   removes it; DELETE /remove/NAME is not allowed

const http = require('http');

let busboy;
try {
  busboy = require('busboy');
} catch {
  process.exit(77);
}

const pictures = new Map();

function answer(response, status, type, body) {
  response.writeHead(status, { 'Content-Type': type });
  response.end(body);
}

function take(request, response) {
  const base = `http://${request.headers.host}/`;
  let name;

  const form = busboy({ headers: request.headers });
  form.on('file', (field, file, info) => {
    const pieces = [];
    file.on('data', (piece) => pieces.push(piece));
    file.on('end', () => {
      if (field !== 'picture')
        return;
      name = info.filename;
      pictures.set(name, { type: info.mimeType, bytes: Buffer.concat(pieces) });
    });
  });
  form.on('close', () => {
    if (name === undefined)
      answer(response, 400, 'text/plain', 'No field "picture" was sent.\n');
    else if (request.url === '/json')
      answer(response, 201, 'application/json', JSON.stringify({
        status: 'ok', data: { links: [{ url: base + name }], delete: `${base}remove/${name}` } }));
    else if (request.url === '/within')
      answer(response, 200, 'text/plain', `/${name}`);
    else
      answer(response, 200, 'text/plain; charset=utf-8', `${base}${name}\n`);
  });
  request.pipe(form);
}

const server = http.createServer((request, response) => {
  const name = request.url.split('/').pop();

  if (request.method === 'POST') {
    if (request.url === '/full') {
      request.resume();
      answer(response, 507, 'text/plain', 'No room: Bearer let me in (bGV0IG1lIGlu)\n');
    } else if (request.url === '/json' && request.headers.authorization !== 'Bearer let me in') {
      request.resume();
      answer(response, 401, 'application/json', '{"status": "error"}');
    } else {
      take(request, response);
    }
  } else if (request.url.startsWith('/remove/') && request.method !== 'GET') {
    answer(response, 405, 'text/plain', 'Open it in a browser.\n');
  } else if (request.method === 'DELETE' || request.url.startsWith('/remove/')) {
    answer(response, pictures.delete(name) ? 200 : 404, 'text/plain', '');
  } else if (pictures.has(name)) {
    answer(response, 200, pictures.get(name).type, pictures.get(name).bytes);
  } else {
    answer(response, 404, 'text/plain', '');
  }
});

server.listen(0, '127.0.0.1', () => console.log(server.address().port));
