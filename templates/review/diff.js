'use strict';
// The list of changed services: filled from the data in the page, a service's changes only when somebody opens it.
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const EFFECTS = ['metadata', 'config', 'scale', 'traffic', 'restart', 'create', 'replace', 'delete'];
  const WORDS = { breaks: 'breaks', switches: 'switches runtime' };
  const list = document.getElementById('list');
  const search = document.getElementById('search');
  const found = document.getElementById('found');
  const selects = { namespace: document.getElementById('namespace'), runtime: document.getElementById('runtime'), kind: document.getElementById('kind') };
  const chips = document.getElementById('chips');
  const STEP = 300;  // rows put into the page at a time

  const make = (tag, className, text) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  };

  // ---- entries: shared changes first, then services

  const classesOf = (entry) => EFFECTS.filter((_, i) => entry.effects & (1 << i)).reverse();
  const entries = [];
  for (const [number, shared] of data.shared.entries()) {
    const members = shared.services.map((s) => data.services[s]);
    entries.push({
      shared, title: `#${number + 1} the same in ${members.length.toLocaleString('en')} services`, classes: classesOf(shared),
      namespaces: new Set(members.map((m) => m.namespace)), runtimes: new Set(members.flatMap((m) => m.runtimes)),
      kinds: new Set(shared.objects.flatMap((o) => o.kinds)),
      text: [...members.map((m) => `${m.namespace}/${m.name}`), ...shared.objects.flatMap(textOfObject)].join('\n').toLowerCase(),
    });
  }
  for (const service of data.services) {
    // What it shares is searched and shown with it, too.
    const objects = [...service.objects, ...service.shared.flatMap((s) => data.shared[s].objects)];
    const classes = [...(service.breaks ? ['breaks'] : []), ...(service.switches ? ['switches'] : []), ...classesOf(service)];
    entries.push({
      service, title: service.title, classes, namespaces: new Set([service.namespace]), runtimes: new Set(service.runtimes),
      kinds: new Set(objects.flatMap((o) => o.kinds)),
      text: [service.title, ...service.facts.map((f) => f.text), ...objects.flatMap(textOfObject)].join('\n').toLowerCase(),
    });
  }
  function textOfObject(o) {
    return [o.title, ...o.changes.flatMap((c) => [c.place, c.path, c.before || '', c.after || ''])];
  }

  // ---- side by side

  // Pairs of lines: [old, new], null where one side has none.
  function align(before, after) {
    const a = before === undefined ? [] : before.split('\n'), b = after === undefined ? [] : after.split('\n');
    if (a.length * b.length > 250000) return pad(a, b);
    const width = b.length + 1, lengths = new Uint32Array((a.length + 1) * width);
    for (let i = a.length - 1; i >= 0; --i)
      for (let j = b.length - 1; j >= 0; --j)
        lengths[i * width + j] = a[i] === b[j] ? lengths[(i + 1) * width + j + 1] + 1 : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    const rows = [];
    let i = 0, j = 0, gone = [], made = [];
    const flush = () => { rows.push(...pad(gone, made)); gone = []; made = []; };
    while (i < a.length || j < b.length) {
      if (i < a.length && j < b.length && a[i] === b[j]) { flush(); rows.push([a[i++], b[j++]]); }
      else if (j >= b.length || (i < a.length && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1])) gone.push(a[i++]);
      else made.push(b[j++]);
    }
    flush();
    return rows;
  }
  function pad(a, b) {
    const rows = [];
    for (let i = 0; i < Math.max(a.length, b.length); ++i) rows.push([i < a.length ? a[i] : null, i < b.length ? b[i] : null]);
    return rows;
  }
  // Long runs of equal lines are left out but for three at each end.
  function withGaps(rows) {
    const near = rows.map(() => false);
    rows.forEach(([a, b], i) => { if (a !== b) for (let k = Math.max(0, i - 3); k <= Math.min(rows.length - 1, i + 3); ++k) near[k] = true; });
    const out = [];
    rows.forEach((row, i) => { if (near[i]) out.push(row); else if (out.length === 0 || out[out.length - 1] !== undefined) out.push(undefined); });
    return out;
  }
  function line(text, other) {
    const node = make('div', 'line');
    if (text === null) return node;
    if (text === other) { node.textContent = text; return node; }
    node.className = 'line changed';
    if (other === null) { node.textContent = text; return node; }
    // What stands between the equal ends of two lines is marked.
    let head = 0, tail = 0;
    const most = Math.min(text.length, other.length);
    while (head < most && text[head] === other[head]) ++head;
    while (tail < most - head && text[text.length - 1 - tail] === other[other.length - 1 - tail]) ++tail;
    if (head + tail < 4) { node.textContent = text; return node; }
    node.append(text.slice(0, head));
    const middle = text.slice(head, text.length - tail);
    if (middle) node.append(make('mark', '', middle));
    node.append(text.slice(text.length - tail));
    return node;
  }
  function addChange(grid, change) {
    const place = make('div', 'place', change.place);
    if (change.path !== change.place) place.title = change.path;
    const note = [change.op === 'changed' ? '' : change.op, change.note || ''].filter(Boolean).join(', ');
    if (note) place.append(make('span', 'dim', note));
    const before = make('div', 'old'), after = make('div', 'new');
    for (const row of withGaps(align(change.before, change.after))) {
      before.append(row ? line(row[0], row[1]) : make('div', 'line gap', '⋯'));
      after.append(row ? line(row[1], row[0]) : make('div', 'line gap', '⋯'));
    }
    grid.append(place, before, after);
  }

  // ---- one entry

  function tags(classes) { return classes.map((c) => make('span', `tag ${c}`, WORDS[c] || c)); }

  function addObjects(body, objects) {
    for (const object of objects) {
      const head = make('div', 'object', `${object.title} `);
      head.append(...tags(EFFECTS.filter((_, i) => object.effects & (1 << i)).reverse()));
      body.append(head);
      if (object.changes.length === 0) continue;
      const grid = make('div', 'diff');
      for (const change of object.changes) addChange(grid, change);
      body.append(grid);
    }
  }
  function fill(entry, body) {
    if (entry.shared) {
      const members = make('div', 'members dim code');
      members.textContent = entry.shared.services.map((s) => data.services[s].title).sort().join('  ');
      body.append(members);
      addObjects(body, entry.shared.objects);
      return;
    }
    for (const fact of entry.service.facts) body.append(make('div', fact.alarming ? 'fact bad' : 'fact', fact.text));
    addObjects(body, entry.service.objects);
    for (const s of entry.service.shared) {
      body.append(make('div', 'fact dim', `#${s + 1}, shared with ${(data.shared[s].services.length - 1).toLocaleString('en')} other services:`));
      addObjects(body, data.shared[s].objects);
    }
  }
  function toggle(entry, node, open) {
    if (open === node.classList.contains('open')) return;
    node.classList.toggle('open', open);
    node.firstChild.setAttribute('aria-expanded', String(open));
    if (!open) { node.lastChild.remove(); return; }
    const body = make('div', 'body');
    fill(entry, body);
    node.append(body);
  }
  function row(entry) {
    const node = make('div', 'service');
    const head = make('button', 'head');
    head.type = 'button';
    head.setAttribute('aria-expanded', 'false');
    const name = make('span', 'name', entry.title);
    const about = entry.shared ? entry.shared.about : entry.service.about;
    head.append(name, ...tags(entry.classes), make('span', 'about', about));
    head.addEventListener('click', () => toggle(entry, node, !node.classList.contains('open')));
    node.append(head);
    entry.node = node;
    return node;
  }

  // ---- filters

  const pressed = new Set();
  let shown = [], next = 0;

  function matches(entry, words) {
    if (pressed.size > 0 && !entry.classes.some((c) => pressed.has(c))) return false;
    if (selects.namespace.value && !entry.namespaces.has(selects.namespace.value)) return false;
    if (selects.runtime.value && !entry.runtimes.has(selects.runtime.value)) return false;
    if (selects.kind.value && !entry.kinds.has(selects.kind.value)) return false;
    return words.every((w) => entry.text.includes(w));
  }
  function addRows() {
    const part = document.createDocumentFragment();
    for (const end = Math.min(next + STEP, shown.length); next < end; ++next) part.append(shown[next].node || row(shown[next]));
    list.append(part);
    more.hidden = next >= shown.length;
  }
  function apply() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    shown = entries.filter((entry) => matches(entry, words));
    next = 0;
    list.replaceChildren();
    addRows();
    const services = shown.filter((e) => e.service).length;
    found.textContent = `${services.toLocaleString('en')} of ${data.services.length.toLocaleString('en')} services`;
    remember();
  }
  // The filters are part of the address: a link shows the same selection.
  function remember() {
    const state = new URLSearchParams();
    if (search.value) state.set('q', search.value);
    for (const [name, select] of Object.entries(selects)) if (select.value) state.set(name, select.value);
    if (pressed.size) state.set('effect', [...pressed].join(' '));
    const hash = state.toString();
    try { history.replaceState(null, '', hash ? `#${hash}` : '#'); } catch (e) { /* some browsers forbid it in local files */ }
  }
  function recall() {
    const state = new URLSearchParams(location.hash.slice(1));
    search.value = state.get('q') || '';
    for (const [name, select] of Object.entries(selects)) {
      const wanted = state.get(name) || '';
      if ([...select.options].some((o) => o.value === wanted)) select.value = wanted;
    }
    for (const c of (state.get('effect') || '').split(' ').filter(Boolean)) pressed.add(c);
    for (const chip of chips.children) chip.setAttribute('aria-pressed', String(pressed.has(chip.dataset.effect)));
  }

  function fillSelect(select, name) {
    const counts = new Map();
    for (const entry of entries) if (entry.service) for (const value of entry[name]) counts.set(value, (counts.get(value) || 0) + 1);
    for (const [value, count] of [...counts].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
      const option = make('option', '', `${value} (${count})`);
      option.value = value;
      select.append(option);
    }
    select.hidden = counts.size < 2;
    select.addEventListener('change', apply);
  }
  function addChips() {
    const counts = new Map();
    for (const entry of entries) if (entry.service) for (const c of entry.classes) counts.set(c, (counts.get(c) || 0) + 1);
    for (const effect of ['breaks', 'switches', ...[...EFFECTS].reverse()]) {
      if (!counts.has(effect)) continue;
      const chip = make('button', 'chip', `${WORDS[effect] || effect} `);
      chip.type = 'button';
      chip.dataset.effect = effect;
      chip.append(make('b', '', counts.get(effect).toLocaleString('en')));
      chip.addEventListener('click', () => {
        if (!pressed.delete(effect)) pressed.add(effect);
        chip.setAttribute('aria-pressed', String(pressed.has(effect)));
        apply();
      });
      chips.append(chip);
    }
  }

  const more = document.getElementById('more');
  more.addEventListener('click', addRows);
  new IntersectionObserver((seen) => { if (seen.some((s) => s.isIntersecting) && !more.hidden) addRows(); }).observe(more);
  document.getElementById('expand').addEventListener('click', () => {
    const rows = shown.slice(0, next);
    const open = !rows.every((e) => e.node.classList.contains('open'));
    for (const entry of rows) toggle(entry, entry.node, open);
  });
  let timer = 0;
  search.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(apply, 80); });
  document.addEventListener('keydown', (e) => {
    if (e.key === '/' && document.activeElement !== search) { e.preventDefault(); search.focus(); }
    if (e.key === 'Escape' && document.activeElement === search) { search.value = ''; apply(); }
  });
  fillSelect(selects.namespace, 'namespaces');
  fillSelect(selects.runtime, 'runtimes');
  fillSelect(selects.kind, 'kinds');
  addChips();
  recall();
  apply();
  if (shown.length > 0 && shown.length <= 3) for (const entry of shown) toggle(entry, entry.node, true);
  document.documentElement.dataset.ready = 'yes';
})();
