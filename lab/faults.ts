/**
 * Everything that can go wrong between a widget and a processor, by name: how to cause it at the fault proxy, and what
 * the link should show. Tests check the widget against it, and `npm run reliability` measures it. It knows no test
 * runner.
 */
import { MAX_FRAME_BYTES } from '../src/shared/link/report.ts';
import type { Settings } from '../src/core/settings.ts';
import { http, switching, textFrame, textFrameHead, type Entrance, type FaultProxy } from './fault-proxy.ts';
import { COMPANY_TLS, TEST_TLS } from './test-tls.ts';

/**
 * - `end`: the connection ends, and the link notices at once.
 * - `silence`: nothing arrives any more without a sign; only the heartbeat finds out.
 * - `slow`: everything arrives late.
 * - `borne`: nothing that the user needs to know.
 * - `stop`: trying again is useless before something is changed.
 */
export type FaultKind = 'end' | 'silence' | 'slow' | 'borne' | 'stop';

export interface Fault {
  /** As in the table of docs/RELIABILITY.md. */
  readonly name: string;
  readonly kind: FaultKind;
  readonly begin: (proxy: FaultProxy) => void;
  /** The first state shown instead of Live, and those that follow while it lasts, each with the code of its reason. */
  readonly shows: readonly string[];
  /**
   * The certificate that the proxy shows initially, and the authority that the widget trusts; without it there is no
   * TLS.
   */
  readonly tls?: { readonly certificate: string; readonly ca: string };
  /** Whether it is a fault only while nothing happens at the processor. */
  readonly isQuiet?: boolean;
  /** Only with `stop`: what the user changes. Without it the server is fixed, and the user tries again. */
  readonly remedy?: { readonly settings?: Partial<Settings>; readonly ca?: string };
}

const CLOSE_CODES: readonly (readonly [code: number, meaning: string])[] = [
  [1000, 'done'],
  [1001, 'going away'],
  [1002, 'protocol error'],
  [1003, 'unsupported data'],
  [1007, 'invalid text'],
  [1008, 'policy'],
  [1009, 'too big'],
  [1011, 'internal error'],
  [1012, 'restart'],
  [1013, 'try again later'],
  [4000, 'a site’s own'],
];

const TRUSTED = { certificate: COMPANY_TLS.right, ca: COMPANY_TLS.ca };

/** Cuts existing clients off; new ones get this. */
function at(entrance: Entrance): Fault['begin'] {
  return (proxy) => {
    proxy.entrance = entrance;
    proxy.resetAll();
  };
}

function showing(certificate: string): Fault['begin'] {
  return (proxy) => {
    proxy.certificate = certificate;
    proxy.resetAll();
  };
}

function answered(status: number, text: string, body = ''): Fault {
  return {
    name: `HTTP ${String(status)} ${text}${body === '' ? '' : ' with a page'} instead of a WebSocket`,
    kind: 'end',
    begin: at(() => http(status, text, body)),
    shows: ['waiting closed', 'waiting refused'],
  };
}

function refused(status: number, text: string): Fault {
  return {
    name: `HTTP ${String(status)} ${text}`,
    kind: 'stop',
    begin: at((head) => (/^authorization: Bearer right/im.test(head) ? null : http(status, text))),
    shows: ['waiting closed', 'stopped credentials'],
    remedy: { settings: { headers: { Authorization: 'Bearer right' } } },
  };
}

/** All of them, for a widget with this heartbeat. */
export function faults(heartbeatMs: number): readonly Fault[] {
  return [
    {
      name: 'The connection is reset',
      kind: 'end',
      begin: (proxy) => {
        proxy.latest.reset();
      },
      shows: ['waiting closed'],
    },
    {
      name: 'The connection is cut without a close frame (1006)',
      kind: 'end',
      begin: (proxy) => {
        proxy.latest.cut();
      },
      shows: ['waiting closed'],
    },
    ...CLOSE_CODES.map(([code, meaning]): Fault => ({
      name: `The connection is closed with ${String(code)} (${meaning})`,
      kind: 'end',
      begin: (proxy) => {
        proxy.latest.closeWith(code, meaning);
      },
      shows: ['waiting closed'],
    })),
    {
      name: 'Nothing listens on the port any more',
      kind: 'end',
      begin: (proxy) => {
        proxy.refuse();
      },
      shows: ['waiting closed', 'waiting unreachable'],
    },
    {
      name: 'Every new connection is reset',
      kind: 'end',
      begin: at('reset'),
      shows: ['waiting closed', 'waiting unreachable'],
    },
    {
      name: 'Connections are accepted, then silence',
      kind: 'end',
      begin: at('silent'),
      shows: ['waiting closed', 'waiting unreachable'],
    },
    {
      name: 'WebSockets open, then silence',
      kind: 'end',
      begin: (proxy) => {
        proxy.resetAll();
        proxy.each((connection) => {
          void connection.opened.then(() => {
            connection.vanish('down');
          });
        });
      },
      shows: ['waiting closed', 'starting', 'waiting'],
    },
    {
      name: 'Another server listens, which speaks no HTTP',
      kind: 'end',
      begin: at(() => '220 mail.example ESMTP\r\n'),
      shows: ['waiting closed', 'waiting unreachable'],
    },
    answered(404, 'Not Found'),
    answered(500, 'Internal Server Error'),
    answered(503, 'Service Unavailable'),
    answered(502, 'Bad Gateway', '<h1>The company’s proxy can’t reach the server</h1>'),
    answered(407, 'Proxy Authentication Required'),
    answered(200, 'OK', '<h1>Please sign in to the network</h1>'),

    {
      name: 'The server is frozen',
      kind: 'silence',
      begin: (proxy) => {
        proxy.each((connection) => {
          connection.hold('down');
        });
      },
      shows: ['stale', 'waiting'],
    },
    {
      name: 'The server freezes in the middle of a frame',
      kind: 'silence',
      begin: (proxy) => {
        proxy.each((connection) => {
          connection.hold('down', 7);
        });
      },
      shows: ['stale', 'waiting'],
    },
    {
      name: 'The cable is out: nothing arrives in either direction',
      kind: 'silence',
      begin: (proxy) => {
        proxy.each((connection) => {
          connection.vanish('up');
          connection.vanish('down');
        });
      },
      shows: ['stale', 'waiting'],
    },
    {
      name: 'Half-open: what the processor sends is lost',
      kind: 'silence',
      begin: (proxy) => {
        proxy.each((connection) => {
          connection.vanish('down');
        });
      },
      shows: ['stale', 'waiting'],
    },
    {
      name: 'Half-open: what the widget sends is lost, events still come',
      kind: 'silence',
      begin: (proxy) => {
        proxy.each((connection) => {
          connection.vanish('up');
        });
      },
      shows: ['stale', 'waiting'],
    },
    {
      name: 'The processor sends a close frame (1001) and does not hang up',
      kind: 'end',
      begin: (proxy) => {
        proxy.latest.closeWith(1001);
        proxy.each((connection) => {
          connection.vanish('down');
        });
      },
      shows: ['waiting closed', 'waiting unreachable'],
    },

    {
      name: 'Everything is one and a half heartbeats late',
      kind: 'slow',
      begin: (proxy) => {
        proxy.each((connection) => {
          connection.delay('down', 1.5 * heartbeatMs);
        });
      },
      shows: ['stale'],
    },
    {
      name: 'A line too slow for the traffic (400 bytes per heartbeat)',
      kind: 'slow',
      begin: (proxy) => {
        proxy.each((connection) => {
          connection.trickle('down', 20, heartbeatMs / 20);
        });
      },
      shows: ['stale'],
    },

    {
      name: 'Everything is a tenth of a heartbeat late',
      kind: 'borne',
      begin: (proxy) => {
        proxy.each((connection) => {
          connection.delay('down', heartbeatMs / 10);
        });
      },
      shows: [],
    },
    {
      name: 'Every frame arrives in pieces of 400 bytes',
      kind: 'borne',
      begin: (proxy) => {
        proxy.each((connection) => {
          connection.trickle('down', 400, 1);
        });
      },
      shows: [],
    },
    {
      name: 'Every frame arrives twice',
      kind: 'borne',
      begin: (proxy) => {
        proxy.each((connection) => {
          connection.isDoubling = true;
        });
      },
      shows: [],
    },
    {
      name: 'A frame over 4 MiB',
      kind: 'borne',
      begin: (proxy) => {
        proxy.latest.inject(textFrame(MAX_FRAME_BYTES + 1));
      },
      shows: [],
    },
    {
      name: 'A company’s proxy cuts connections idle for one and a half heartbeats; only pings pass',
      kind: 'borne',
      isQuiet: true,
      begin: (proxy) => {
        proxy.each((connection) => {
          connection.cutWhenIdle(1.5 * heartbeatMs);
        });
      },
      shows: [],
    },
    {
      name: 'A frame that claims more than 64 MiB',
      kind: 'end',
      begin: (proxy) => {
        proxy.latest.inject(textFrameHead(64 * 1024 * 1024 + 1));
      },
      shows: ['waiting broken-frame'],
    },
    {
      name: 'Bytes that are not WebSocket',
      kind: 'end',
      begin: (proxy) => {
        proxy.latest.inject(Buffer.from('HTTP/1.1 500 Internal Server Error\r\n\r\n'));
      },
      shows: ['waiting broken-frame'],
    },

    refused(401, 'Unauthorized'),
    refused(403, 'Forbidden'),
    {
      name: 'Another sub-protocol than the one asked for',
      kind: 'stop',
      begin: at((head) => (/^sec-websocket-protocol: uccx$/im.test(head) ? null : switching(head, 'uccx'))),
      shows: ['waiting closed', 'stopped subprotocol'],
      remedy: { settings: { subprotocol: 'uccx' } },
    },
    {
      name: 'TLS: a certificate of an unknown authority',
      kind: 'stop',
      tls: TRUSTED,
      begin: showing(TEST_TLS.cert),
      shows: ['waiting closed', 'stopped certificate'],
    },
    {
      name: 'TLS: a certificate that has expired',
      kind: 'stop',
      tls: TRUSTED,
      begin: showing(COMPANY_TLS.expired),
      shows: ['waiting closed', 'stopped certificate'],
    },
    {
      name: 'TLS: a certificate for another name',
      kind: 'stop',
      tls: TRUSTED,
      begin: showing(COMPANY_TLS.wrongName),
      shows: ['waiting closed', 'stopped certificate'],
    },
    {
      name: 'TLS: a company’s proxy in between, with the company’s own authority',
      kind: 'stop',
      tls: { certificate: TEST_TLS.cert, ca: TEST_TLS.cert },
      begin: showing(COMPANY_TLS.right),
      shows: ['waiting closed', 'stopped certificate'],
      remedy: { ca: COMPANY_TLS.ca },
    },
  ];
}
