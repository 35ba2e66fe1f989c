/**
 * Names for people and teams: any number of them, all different, and always the same for the same number. It knows
 * nothing about who is in which team.
 */

const FIRST_NAMES = (
  'Aaliyah Adaeze Aino Alejandra Amara Amélie Anders Anika Antonín Aoife Arjun Astrid Ayşe Beatriz Benedikt Björn ' +
  'Blessing Brónach Camille Carlos Chiara Chinedu Claire Cristóbal Dagný Daniel Deepika Dilnoza Dmitri Eirik Elif ' +
  'Elodie Emeka Emília Enikő Esperança Esther Farid Fatima Ferenc Fiona François Freya Gabriela Giorgos Gráinne ' +
  'Grzegorz Gustavo Hana Hannah Haruka Héctor Henrik Hoang Ibrahim Ilse Imani Inés Ingrid Isabel Ivana Jakub James ' +
  'Jelena Ji-woo João Jolanta José Jörg Kamala Karim Katarzyna Keiko Khadija Kwame Laia Lars Laszlo Leïla Liam ' +
  'Linh Łukasz Lucía Maëlle Magdaléna Malik Marek Margarida María Mateus Meera Mehmet Mei-Ling Mikkel Mirela ' +
  'Mohammed Naoko Nia Niamh Nikolai Noor Nuno Olga Olivia Omar Ömer Paweł Pedro Petra Priya Rafael Rania Renée ' +
  'Rosa Ruben Saoirse Sébastien Siobhán Sofia Søren Stefan Svetlana Tadeáš Tamar Thandiwe Thomas Tomoko Ursula ' +
  'Valentina Vikram Wei Xiomara Yasmin Yusuf Zanele Zoë'
).split(' ');

const LAST_NAMES = (
  'Abubakar Adeyemi Ahmadi Åkesson Almeida Andersen Ångström Arslan Bakker Banerjee Barbosa Bauer Bianchi Blanchard ' +
  'Błaszczyk Brennan Çelik Chakraborty Chen Costa Cruz Da_Silva De_Vries Demir Díaz Dlamini Dubois Eriksen Evans ' +
  'Fernández Ferreira Fischer Fitzgerald Forsberg García Georgiou González Grabowski Gruber Guðmundsdóttir Gupta ' +
  'Haddad Hansen Harris Hassan Hernández Horváth Hughes Ibáñez Iyer Jansen Jensen Johansson Jovanović Kamau Kaplan ' +
  'Kaya Keller Khan Kim Kovács Kowalski Krüger Kuznetsova Lambert Larsen Lefèvre Leroy Li Lindqvist López Mägi ' +
  'Mahlangu Malik Mbeki Meier Mendoza Moreau Müller Murphy Nakamura Navarro Németh Nguyen Nielsen Novák Nuñez ' +
  'O’Brien O’Connor Okafor Okonkwo Oliveira Ortiz Øverland Papadopoulos Park Patel Pereira Petrov Popescu Quinn ' +
  'Radović Ramírez Rasmussen Reid Ribeiro Rossi Ruiz Sánchez Santos Sato Schäfer Schmidt Sharma Silva Singh ' +
  'Škvorecký Smith Sørensen Suzuki Szabó Tanaka Taylor Thompson Torres Tran Van_den_Berg Vargas Virtanen Wagner ' +
  'Walker Wang Wójcik Yamamoto Yılmaz Zhang Zielińska Žukauskas'
)
  .split(' ')
  .map((name) => name.replaceAll('_', ' '));

/** Names that are hard for a narrow row or a left-to-right layout; early in the list, so that every demo has them. */
const HARD_NAMES: ReadonlyMap<number, string> = new Map([
  [4, 'Maximiliane-Theodora Freifrau von Hohenstein-Wittelsbach'],
  [9, 'نور الهدى عبد الرحمن'],
  [14, 'Bo Li'],
  [19, 'Wolfeschlegelsteinhausenbergerdorff, Hubert Blaine'],
  [24, '佐藤 さくら'],
]);

/**
 * The name of the person with this number, from 0. All numbers have different names.
 * @param offset shifts the sequence of names, so that different seeds have different people
 */
export function personName(number: number, offset: number): string {
  const hard = HARD_NAMES.get(number);
  if (hard !== undefined) return hard;
  const combinations = FIRST_NAMES.length * LAST_NAMES.length;
  const place = (number + offset) % combinations;
  const row = Math.floor(place / FIRST_NAMES.length);
  // Strides, so that neighbours take names from all over both lists; a prime stride reaches every name once.
  const column = (place * 61) % FIRST_NAMES.length;
  const first = FIRST_NAMES[column] ?? '';
  const last = LAST_NAMES[(row + column * 17) % LAST_NAMES.length] ?? '';
  const round = Math.floor(number / combinations);
  return round === 0 ? `${first} ${last}` : `${first} ${last} ${String(round + 1)}`;
}

const DEPARTMENTS = [
  'Sales',
  'Billing',
  'Technical Support',
  'Customer Care',
  'Claims',
  'Retention',
  'Returns & Refunds',
  'Help Desk',
  'New Accounts',
  'Card Services',
  'Collections',
  'Fraud Watch',
  'Reservations',
  'Field Service Dispatch',
  'Business Customers',
  'Orders',
  'Warranty',
  'Kundenservice',
  'Service clientèle',
  'Atención al cliente',
  'Loyalty Programme',
  'Complaints',
  'Outbound Campaigns',
  'Chat & E-mail',
  'Switchboard',
];

const QUALIFIERS = [
  'North',
  'South',
  'East',
  'West',
  'Dublin',
  'Kraków',
  'Manila',
  'Porto',
  'Toronto',
  'Monterrey',
  'Leeds',
  'Zürich',
  'Tier 2',
  'Tier 3',
  'VIP',
  'Nights',
  'Weekend',
  'French',
  'German',
  'Spanish',
  'Polish',
  'Trainees',
  'Overflow',
  'Partners',
];

/** The name of the team with this number, from 0. All numbers have different names; at most 50 bytes with a shift. */
export function teamName(number: number): string {
  const department = DEPARTMENTS[number % DEPARTMENTS.length] ?? '';
  const series = Math.floor(number / DEPARTMENTS.length);
  if (series === 0) return department;
  const qualifier = QUALIFIERS[(series - 1) % QUALIFIERS.length] ?? '';
  const round = Math.floor((series - 1) / QUALIFIERS.length);
  return round === 0 ? `${department} ${qualifier}` : `${department} ${qualifier} ${String(round + 1)}`;
}

/** What a renamed team has after its plain name, in brackets. */
export const SHIFTS = ['evening', 'night', 'weekend', 'early'];
