/**
 * Injected into a page before its own scripts: reports when something was painted, for the widget's page and for the
 * bare page that is its floor. Times are milliseconds since the Unix epoch. “Painted” means that the page's own work on
 * the frame is done: a task posted in the frame's animation callback runs after style, layout and paint.
 */

/** Reasons that are times have a fraction; the reasons of other events have none. */
const MOMENT = /\d{13}\.\d{3}/;

/** How long a page may take to show what it should, even on a slow machine. */
const MAX_WAIT_MS = 60_000;

let isPainted = () => undefined;

const bench = {
  /** Which row showed which event when: `{ row, sentAt, paintedAt }`, as in latencies.ts. */
  shown: [],
  /** Resolves with the time at which the awaited content was painted. */
  painted: new Promise((resolve) => (isPainted = resolve)),

  now: () => performance.timeOrigin + performance.now(),

  /** To be called only in an animation callback. */
  afterPaint(callback) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      callback(bench.now());
    };
    port2.postMessage(null);
  },

  /** The widget's page: resolves when the rows of these members are all visible. Rejects if that never happens. */
  rowsVisible(names) {
    return new Promise((resolve, reject) => {
      const startedAt = bench.now();
      const look = () => {
        const all = [...document.querySelectorAll('[role="row"]')];
        const rows = names.map((name) => all.find((row) => row.textContent.includes(name)));
        if (rows.every((row) => row !== undefined && row.getBoundingClientRect().bottom <= innerHeight)) resolve(rows);
        else if (bench.now() - startedAt > MAX_WAIT_MS) reject(new Error(`${names.join(', ')} never came in sight`));
        else setTimeout(look, 100);
      };
      look();
    });
  },

  /** The widget's page: checks in each frame whether the rows of these members show a new time as their reason. */
  async watchRows(names) {
    const rows = await bench.rowsVisible(names);
    const shown = rows.map(() => '');
    const look = () => {
      const fresh = [];
      rows.forEach((row, index) => {
        const [moment] = MOMENT.exec(row.textContent) ?? [''];
        if (moment === shown[index]) return;
        shown[index] = moment;
        if (moment !== '') fresh.push({ row: index, sentAt: Number(moment) });
      });
      bench.noteShown(fresh);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  },

  noteShown(fresh) {
    if (fresh.length === 0) return;
    bench.afterPaint((paintedAt) => {
      for (const one of fresh) bench.shown.push({ ...one, paintedAt });
    });
  },

  /** The widget's page: waits for this member's row. */
  waitForRow(name) {
    const look = () => {
      const rows = [...document.querySelectorAll('[role="row"]')];
      if (rows.some((row) => row.textContent.includes(name))) bench.afterPaint(isPainted);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  },

  /** The bare page: sets one text from one WebSocket for each event. */
  showText(url, agentId) {
    const text = document.body.appendChild(document.createElement('p'));
    let fresh = [];
    bench.listen(url, agentId, ({ team: { members } }) => {
      const [{ reason }] = members;
      text.textContent = reason;
      if (MOMENT.test(reason)) fresh.push({ row: Number(members[0].memberId.slice(1)), sentAt: Number(reason) });
    });
    const look = () => {
      bench.noteShown(fresh);
      fresh = [];
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  },

  /** The bare page: puts all members into a bare list, all at once when the last has arrived. */
  showList(url, agentId, count) {
    const all = [];
    bench.listen(url, agentId, ({ team: { members } }) => {
      all.push(...members);
      if (all.length < count) return;
      const list = document.createElement('ul');
      for (const { memberName, status, reason } of all) {
        list.appendChild(document.createElement('li')).textContent = `${memberName} ${status} ${reason}`;
      }
      document.body.appendChild(list);
      requestAnimationFrame(() => {
        bench.afterPaint(isPainted);
      });
    });
  },

  /** The widget's page: asks for a call, and returns how long it took until its last step was painted. */
  askJourney(steps) {
    const box = document.querySelector('#call-id');
    box.value = '7';
    box.dispatchEvent(new Event('input', { bubbles: true }));
    return bench.untilPainted(
      () => box.form.requestSubmit(),
      () => document.querySelectorAll('[role="row"].step').length === steps,
    );
  },

  /**
   * The bare page: asks for a call, puts its steps into a bare list with rows as high as the widget's, and returns how
   * long it took.
   */
  listJourney(url, steps) {
    const socket = new WebSocket(url);
    socket.onmessage = ({ data }) => {
      const list = document.createElement('ul');
      for (const { Device, Description, Duration } of JSON.parse(data).data.CallJourney) {
        const item = list.appendChild(document.createElement('li'));
        item.style.height = '62px';
        item.textContent = `${Device} ${Description} ${Duration}`;
      }
      document.body.appendChild(list);
    };
    return new Promise((resolve) => {
      socket.onopen = () => {
        const ask = () => socket.send(JSON.stringify({ command: 'report.calljourney', data: { CallId: '7' } }));
        resolve(bench.untilPainted(ask, () => document.querySelector(`li:nth-child(${steps})`) !== null));
      };
    });
  },

  untilPainted(act, isThere) {
    return new Promise((resolve) => {
      const startedAt = bench.now();
      const look = () => {
        if (isThere()) bench.afterPaint((paintedAt) => resolve(paintedAt - startedAt));
        else requestAnimationFrame(look);
      };
      act();
      requestAnimationFrame(look);
    });
  },

  /** Scrolls to the end, by a fixed amount per frame; returns how long each frame took. */
  scrollThrough(selector, pixels) {
    let scroller = document.querySelector(selector);
    while (
      scroller.parentElement !== null &&
      !(scroller.scrollHeight > scroller.clientHeight && /auto|scroll/.test(getComputedStyle(scroller).overflowY))
    )
      scroller = scroller.parentElement;
    return new Promise((resolve) => {
      const frames = [];
      let before = null;
      const step = (at) => {
        if (before !== null) frames.push(at - before);
        before = at;
        const top = scroller.scrollTop;
        scroller.scrollTop = top + pixels;
        if (scroller.scrollTop === top && frames.length > 0) resolve(frames);
        else requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    });
  },

  listen(url, agentId, take) {
    const socket = new WebSocket(url);
    socket.onopen = () => {
      socket.send(JSON.stringify({ command: 'report.teamstatus.begin', data: { agentId } }));
    };
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.name !== undefined) take(message.data);
    };
  },
};
globalThis.bench = bench;
