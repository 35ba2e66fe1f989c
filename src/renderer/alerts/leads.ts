/** Where an alert leads: to a person's row, to a team's head, to several people, or to nobody if they are gone. */
import { traitsOf, type Alert } from '../../shared/alerts/alert-kinds.ts';
import type { ReasonBook } from '../../shared/reasons/reasons.ts';
import { t } from '../../shared/texts/texts.ts';
import { alertWords } from '../../shared/alerts/alert-words.ts';
import type { Lead } from '../board/lead.ts';

export type AlertLead =
  | Lead
  /** They are gone; the words say so. */
  | { readonly type: 'gone'; readonly words: string }
  /** Nobody is named. */
  | { readonly type: 'nowhere' };

interface Team {
  readonly id: string;
  readonly members: readonly { readonly id: string }[];
}

/** `reasons` is called whenever the words are needed, since a site's reasons change while the widget runs. */
export function leadOf(alert: Alert, teams: readonly Team[], reasons: () => ReasonBook): AlertLead {
  const subject = traitsOf(alert).subject(alert);
  switch (subject.type) {
    case 'team': {
      const { teamId, teamName: team } = subject;
      if (teams.some(({ id }) => id === teamId)) return { type: 'line', teamId, memberId: null };
      return { type: 'gone', words: t('alerts.teamGone', { team }) };
    }
    case 'people': {
      const { people, teamId } = subject;
      const lines = people.flatMap(({ memberId }) => lineOf(memberId, teamId, teams) ?? []);
      const [first, ...others] = lines;
      if (first === undefined) {
        const [one] = people;
        return people.length === 1 && one !== undefined
          ? { type: 'gone', words: t('alerts.personGone', { name: one.memberName }) }
          : { type: 'gone', words: t('alerts.allGone') };
      }
      if (others.length === 0) return first;
      return {
        type: 'people',
        memberIds: new Set(lines.map(({ memberId }) => memberId)),
        words: () => alertWords(alert, reasons()).title,
      };
    }
    case 'unnamed':
      return { type: 'nowhere' };
  }
}

/** The person's line in this team or, if they are not in it, in another. */
function lineOf(memberId: string, teamId: string | null, teams: readonly Team[]) {
  const theirs = teams.filter(({ members }) => members.some(({ id }) => id === memberId));
  const team = theirs.find(({ id }) => id === teamId) ?? theirs[0];
  return team === undefined ? null : ({ type: 'line', teamId: team.id, memberId } as const);
}
