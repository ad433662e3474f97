'use strict';

const PIECE = 512 * 1024;
const AT_ONCE = 16 * 1024 * 1024;
const LARGEST = 1024 * 1024 * 1024;
const LOG_LINES = 200;
const SAMPLES = 40;

const byId = id => document.getElementById(id);

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Sets a text only when it changes, so that screen readers say it once. */
function say(where, text) {
  if (where.textContent !== text) {
    where.textContent = text;
  }
}

/** A request to the actor; fails with what the answer says is wrong. */
async function ask(path, options = {}) {
  const response = await fetch(path, options);
  if (response.ok) {
    return response;
  }
  const text = await response.text();
  let reason = text.trim();
  try {
    reason = JSON.parse(text).error;
  } catch {
    // not an answer of the actor: the provider's own, in plain text
  }
  throw new Error(`${reason || response.statusText} (${response.status})`);
}

function reasonOf(failure) {
  return failure instanceof TypeError ? 'The server does not answer.' : failure.message;
}

function size(bytes) {
  const units = ['bytes', 'KiB', 'MiB', 'GiB'];
  let unit = 0;
  let number = bytes;
  while (number >= 1024 && unit < units.length - 1) {
    number /= 1024;
    unit++;
  }
  return `${unit === 0 ? number : number.toFixed(1)} ${units[unit]}`;
}

const fileAddress = name => `/files/${encodeURIComponent(name)}`;

// the counter

const counterName = byId('counter-name');

function showCount(count) {
  byId('count').value = count.toLocaleString('en');
}

async function askForCount(path) {
  const name = counterName.value.trim();
  if (name === '') {
    return;
  }
  try {
    const answer = await (await ask(`${path}${encodeURIComponent(name)}`)).json();
    if (name === counterName.value.trim()) {
      showCount(answer.counter);
    }
    say(byId('counter-problem'), '');
  } catch (failure) {
    say(byId('counter-problem'), reasonOf(failure));
  }
}

byId('counter-form').addEventListener('submit', event => {
  event.preventDefault();
  askForCount('/api/counter/');
});
counterName.addEventListener('change', () => askForCount('/api/count/'));

// what is fetched from elsewhere

async function fetchUrl(url) {
  const button = byId('fetch-form').querySelector('button');
  button.disabled = true;
  say(byId('fetched'), 'Fetching');
  say(byId('fetch-problem'), '');
  byId('fetched-text').hidden = true;
  try {
    const answer = await (await ask('/api/fetch', {method: 'POST', headers: {'content-type': 'text/plain'}, body: url})).json();
    const type = answer.type === '' ? '' : ` · ${answer.type}`;
    say(byId('fetched'), `Status ${answer.status}${type} · ${size(answer.bytes)} in ${answer.milliseconds} ms`);
    byId('fetched-text').textContent = answer.text;
    byId('fetched-text').hidden = answer.text === '';
  } catch (failure) {
    say(byId('fetched'), '');
    say(byId('fetch-problem'), reasonOf(failure));
  } finally {
    button.disabled = false;
  }
}

byId('fetch-form').addEventListener('submit', event => {
  event.preventDefault();
  fetchUrl(byId('fetch-url').value);
});

// the list of files

let continuation = '';

async function listFiles(more = false) {
  try {
    const query = more ? `?continue=${encodeURIComponent(continuation)}` : '';
    const answer = await (await ask(`/api/files${query}`)).json();
    if (more) {
      byId('files').append(...answer.files.map(fileRow));
    } else {
      showFiles(answer.files);
    }
    continuation = answer.continue ?? '';
    byId('more-files').hidden = continuation === '';
    byId('files-empty').hidden = byId('files').children.length > 0;
    say(byId('files-problem'), '');
  } catch (failure) {
    say(byId('files-problem'), reasonOf(failure));
  }
}

// rows of files that have not changed stay, so that nothing goes away under a click or with the focus
function showFiles(files) {
  const shown = [...byId('files').children];
  const known = new Map(shown.map(row => [row.dataset.file, row]));
  const rows = files.map(file => known.get(JSON.stringify(file)) ?? fileRow(file));
  if (rows.length !== shown.length || rows.some((row, place) => row !== shown[place])) {
    byId('files').replaceChildren(...rows);
  }
}

function fileRow(file) {
  const link = element('a', {href: fileAddress(file.name), download: file.name, textContent: file.name});
  link.addEventListener('click', event => {
    if (file.bytes > AT_ONCE) {
      event.preventDefault();
      download(file);
    }
  });
  const remove = element('button', {type: 'button', className: 'quiet small', textContent: 'Delete'});
  remove.setAttribute('aria-label', `Delete ${file.name}`);
  remove.addEventListener('click', () => removeFile(file.name));
  const time = file.modified ? ` · ${new Date(file.modified).toLocaleString(undefined, {dateStyle: 'medium', timeStyle: 'short'})}` : '';
  const row = element('li', {},
    element('span', {className: 'name'}, link),
    element('span', {className: 'detail', textContent: size(file.bytes) + time}),
    remove);
  row.dataset.file = JSON.stringify(file);
  return row;
}

function confirmed(text) {
  const dialog = byId('confirm');
  byId('confirm-text').textContent = text;
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise(resolve =>
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), {once: true}));
}

async function removeFile(name) {
  if (!await confirmed(`Delete ${name}?`)) {
    return;
  }
  try {
    await ask(fileAddress(name), {method: 'DELETE'});
    say(byId('announcement'), `Deleted ${name}`);
    byId('picker').focus();
  } catch (failure) {
    say(byId('files-problem'), reasonOf(failure));
  }
  await listFiles();
}

byId('more-files').addEventListener('click', () => listFiles(true));

// transfers

/** A row that shows how far a transfer has come, and can end it. */
function transfer(name, verb) {
  const control = new AbortController();
  const bar = element('progress', {max: 1, value: 0});
  bar.setAttribute('aria-label', `${verb} ${name}`);
  const detail = element('span', {className: 'detail', textContent: 'Waiting'});
  const button = element('button', {type: 'button', className: 'quiet small', textContent: 'Cancel'});
  button.setAttribute('aria-label', `Cancel ${name}`);
  const row = element('li', {}, element('span', {className: 'name', textContent: name}), detail, button, bar);
  button.addEventListener('click', () => control.abort(), {once: true});
  byId('uploads').append(row);
  return {
    signal: control.signal,
    progress(done, total) {
      bar.value = total === 0 ? 1 : done / total;
      detail.textContent = `${verb} ${size(done)} of ${size(total)}`;
    },
    done() {
      row.remove();
      say(byId('announcement'), `${name}: done`);
    },
    failed(reason, again) {
      bar.remove();
      row.className = 'failed';
      detail.textContent = reason;
      say(byId('announcement'), `${name}: ${reason}`);
      const retry = element('button', {type: 'button', className: 'quiet small', textContent: 'Try again'});
      retry.setAttribute('aria-label', `Try ${name} again`);
      retry.addEventListener('click', () => { row.remove(); again(); });
      const dismiss = element('button', {type: 'button', className: 'quiet small', textContent: 'Dismiss'});
      dismiss.setAttribute('aria-label', `Dismiss ${name}`);
      dismiss.addEventListener('click', () => row.remove());
      button.replaceWith(retry, dismiss);
    },
  };
}

let uploads = Promise.resolve();

function upload(file) {
  const row = transfer(file.name, 'Sent');
  uploads = uploads.then(async () => {
    try {
      await send(file, row);
      row.done();
    } catch (failure) {
      row.failed(row.signal.aborted ? 'Cancelled' : reasonOf(failure), () => upload(file));
    }
    await listFiles();
  });
}

async function send(file, row) {
  if (file.size > LARGEST) {
    throw new Error(`It has ${size(file.size)}; 1 GiB is the most.`);
  }
  const headers = {'content-type': file.type || 'application/octet-stream'};
  const address = fileAddress(file.name);
  row.signal.throwIfAborted();
  row.progress(0, file.size);
  if (file.size <= PIECE) {
    await ask(address, {method: 'PUT', headers, body: file, signal: row.signal});
    return;
  }
  let query = '';
  try {
    for (let offset = 0; offset < file.size; offset += PIECE) {
      const end = Math.min(offset + PIECE, file.size);
      headers['content-range'] = `bytes ${offset}-${end - 1}/${file.size}`;
      const body = file.slice(offset, end);
      const response = await ask(address + query, {method: 'PUT', headers, body, signal: row.signal});
      const {upload: id} = await response.json();
      query = id ? `?upload=${encodeURIComponent(id)}` : query;
      row.progress(end, file.size);
    }
  } catch (failure) {
    if (query !== '') {
      // so that what was sent is not kept; an upload that is gone needs nothing
      fetch(address + query, {method: 'DELETE'}).catch(() => {});
    }
    throw failure;
  }
}

/** A file that is too large for one response, range by range. */
async function download(file) {
  const row = transfer(file.name, 'Received');
  try {
    const parts = [];
    let type = '';
    for (let offset = 0; offset < file.bytes; offset += PIECE) {
      const end = Math.min(offset + PIECE, file.bytes);
      const headers = {range: `bytes=${offset}-${end - 1}`};
      const response = await ask(fileAddress(file.name), {headers, signal: row.signal});
      const part = await response.blob();
      if (part.size !== end - offset) {
        throw new Error('The file has changed meanwhile.');
      }
      type = part.type;
      parts.push(part);
      row.progress(end, file.bytes);
    }
    const address = URL.createObjectURL(new Blob(parts, {type}));
    element('a', {href: address, download: file.name}).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    row.done();
  } catch (failure) {
    row.failed(row.signal.aborted ? 'Cancelled' : reasonOf(failure), () => download(file));
  }
}

byId('picker').addEventListener('change', event => {
  [...event.target.files].forEach(upload);
  event.target.value = '';
});

const drop = byId('drop');
const carriesFiles = event => event.dataTransfer.types.includes('Files');
document.addEventListener('dragover', event => {
  if (carriesFiles(event)) {
    event.preventDefault();
    drop.classList.add('over');
  }
});
document.addEventListener('dragleave', event => {
  if (!event.relatedTarget) {
    drop.classList.remove('over');
  }
});
document.addEventListener('drop', event => {
  if (carriesFiles(event)) {
    event.preventDefault();
    drop.classList.remove('over');
    [...event.dataTransfer.files].forEach(upload);
  }
});

// what happens: the log and the providers

const words = {healthy: 'Healthy', unhealthy: 'Not healthy', silent: 'No answer'};
const cards = new Map();

/** The card of a provider, made when it is first heard of; what it shows changes in place. */
function card(name) {
  const parts = {
    contract: element('p', {className: 'contract'}),
    state: element('p', {className: 'state'}),
    reason: element('p', {className: 'reason'}),
    rate: element('strong'),
    line: document.createElementNS('http://www.w3.org/2000/svg', 'polyline'),
    total: element('p', {className: 'instance'}),
    instance: element('code'),
    rates: [],
    sampled: 0,
  };
  const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  picture.setAttribute('class', 'spark');
  picture.setAttribute('viewBox', '0 0 100 32');
  picture.setAttribute('preserveAspectRatio', 'none');
  picture.setAttribute('aria-hidden', 'true');
  picture.append(parts.line);
  const item = element('li', {className: 'provider'},
    element('h3', {textContent: name}),
    parts.contract,
    parts.state,
    parts.reason,
    element('div', {className: 'rate'},
      element('div', {}, parts.rate, element('span', {textContent: ' calls/s'})),
      picture),
    parts.total,
    element('p', {className: 'instance'}, 'Instance ', parts.instance));
  item.dataset.name = name;
  byId('providers').append(item);
  return parts;
}

function showProviders(providers) {
  for (const provider of providers) {
    const isNew = !cards.has(provider.name);
    if (isNew) {
      cards.set(provider.name, card(provider.name));
    }
    show(provider, cards.get(provider.name), isNew);
  }
}

function show(provider, parts, isNew) {
  if (!isNew && parts.state.dataset.state !== provider.state) {
    say(byId('announcement'), `${provider.name}: ${words[provider.state]}`);
  }
  parts.state.dataset.state = provider.state;
  say(parts.contract, provider.contract);
  say(parts.state, words[provider.state]);
  say(parts.reason, provider.reason);
  say(parts.rate, provider.callsPerSecond.toFixed(1));
  const failed = provider.failed ? `, ${provider.failed.toLocaleString('en')} failed` : '';
  say(parts.total, `${provider.calls.toLocaleString('en')} calls in all${failed}`);
  say(parts.instance, provider.instance);
  if (performance.now() - parts.sampled > 900) {
    parts.sampled = performance.now();
    parts.rates = [...parts.rates, provider.callsPerSecond].slice(-SAMPLES);
    const highest = Math.max(1, ...parts.rates);
    parts.line.setAttribute('points',
      parts.rates.map((rate, at) => {
        const fromTheRight = parts.rates.length - 1 - at;
        return `${100 - fromTheRight * 100 / (SAMPLES - 1)},${30 - rate * 28 / highest}`;
      }).join(' '));
  }
}

function showLog(lines) {
  const log = byId('log');
  const list = byId('lines');
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 8;
  for (const line of lines) {
    const text = element('span', {className: 'text', textContent: line.text});
    if (!line.delivered) {
      text.append(element('span', {className: 'mark', textContent: ' (the logging provider did not take it)'}));
    }
    const time = new Date(line.time).toLocaleTimeString('en-GB');
    list.append(element('li', {className: line.level + (line.delivered ? '' : ' lost')},
      element('time', {dateTime: line.time, textContent: time}),
      element('span', {className: 'level', textContent: line.level}),
      text));
  }
  while (list.children.length > LOG_LINES) {
    list.firstChild.remove();
  }
  if (atEnd) {
    log.scrollTop = log.scrollHeight;
  }
}

/** Others count and store, too: what they did is in the log. */
function noticeOthers(lines) {
  const counted = lines.map(line => /^counted (.*) up to (-?\d+)$/.exec(line.text)).filter(Boolean)
    .filter(match => match[1] === encodeURIComponent(counterName.value.trim())).at(-1);
  if (counted) {
    showCount(Number(counted[2]));
  }
  if (lines.some(line => /^(stored|removed) /.test(line.text))) {
    listFiles();
  }
}

function connection(state, text) {
  byId('connection').dataset.state = state;
  say(byId('connection'), text);
}

const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

function whenVisible() {
  return document.hidden
    ? new Promise(resolve => document.addEventListener('visibilitychange', resolve, {once: true}))
    : Promise.resolve();
}

async function follow() {
  let cursor = '';
  let lost = false;
  for (;;) {
    await whenVisible();
    try {
      const signal = AbortSignal.timeout(15_000);
      const news = await (await ask(`/api/status?after=${encodeURIComponent(cursor)}`, {signal})).json();
      showProviders(news.providers);
      showLog(news.log);
      if (cursor !== '') {
        noticeOthers(news.log);
      }
      if (lost) {
        lost = false;
        listFiles();
        askForCount('/api/count/');
      }
      cursor = news.cursor;
      connection('live', 'Live');
    } catch (failure) {
      lost = true;
      connection('lost', `No answer, trying again: ${reasonOf(failure)}`);
      await pause(1000);
    }
  }
}

askForCount('/api/count/');
listFiles();
follow();
