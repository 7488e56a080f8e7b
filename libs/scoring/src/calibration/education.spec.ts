import { calibrationReport } from './calibration.report';
import { conversionBy } from './conversion.table';
import {
  educationFeatures,
  educationNumbers,
  known,
  levelOf,
  outcomeOf,
  readEducationLeads,
  type EducationRow,
} from './education.fixture';
import type { ScoredLead } from './lead.outcome';
import { randomFrom } from './random.fixture';
import { rankAuc, type RankAuc } from './rank.auc';
import { draftPointsOf, fitWeights, type WeightsFit } from './weights.fit';

const leads = readEducationLeads();
const rows = leads ?? [];

const LEVELS: Record<string, string> = { '01.High': 'high', '02.Medium': 'medium', '03.Low': 'low' };

/** The vendor's own two scores added up, and its levels as band and fit. */
function vendorLead(row: EducationRow): ScoredLead {
  const activity = known(row['Asymmetrique Activity Score']);
  const profile = known(row['Asymmetrique Profile Score']);
  return {
    score: activity === null || profile === null ? null : Number(activity) + Number(profile),
    band: LEVELS[row['Asymmetrique Activity Index'] ?? ''] ?? null,
    fit: LEVELS[row['Asymmetrique Profile Index'] ?? ''] ?? null,
    outcome: outcomeOf(row),
  };
}

const STAFF = ['origin-add-form', 'source-reference', 'source-partner-site'];

/** The file has no instants: 0 stands for "before", the choice of columns vouches for it. */
const rowOf = (row: EducationRow) => ({
  id: row['Prospect ID'] ?? '',
  features: educationNumbers(row),
  featuresAt: 0,
  outcome: outcomeOf(row),
  decidedAt: 0,
});

const logOddsOf = (fit: WeightsFit, row: EducationRow): number => {
  if (fit.state === 'refused') return 0;
  const numbers = educationNumbers(row);
  return fit.weights.reduce(
    (sum, { key, coefficient }) => sum + (coefficient ?? 0) * (numbers[key] ?? 0),
    fit.intercept,
  );
};

const aucOf = (list: EducationRow[], score: (row: EducationRow) => number): RankAuc => {
  const auc = rankAuc(list.map((row) => ({ score: score(row), isWon: outcomeOf(row) === 'won' })));
  if (auc === null) throw new Error('Both outcomes occur in this file.');
  return auc;
};

const shown = (auc: RankAuc | null | undefined): string =>
  auc ? `${auc.auc.toFixed(3)} ± ${auc.standardError.toFixed(3)}` : '–';

const tableOf = (
  title: string,
  table: {
    key: string | null;
    leads: number;
    won: number;
    rate: number | null;
    interval: { low: number; high: number } | null;
  }[],
): string => {
  const percent = (share: number | null | undefined): string => (share == null ? '–' : `${(100 * share).toFixed(1)} %`);
  const lines = table.map(({ key, leads: count, won, rate, interval }) => {
    return `  ${(key ?? 'unknown').padEnd(20)} ${won} of ${count} = ${percent(rate)} (${percent(interval?.low)} to ${percent(interval?.high)})`;
  });
  return [`${title}:`, ...lines, ''].join('\n');
};

/** The strongest use one can make of the two indices: the conversion of each cell among the trained half. */
function cellRates(counted: EducationRow[]): (row: EducationRow) => number {
  const key = (row: EducationRow): string => `${levelOf(row, 'Activity')}/${levelOf(row, 'Profile')}`;
  const rates = new Map<string, { leads: number; won: number }>();
  for (const row of counted) {
    const cell = rates.get(key(row)) ?? { leads: 0, won: 0 };
    rates.set(key(row), { leads: cell.leads + 1, won: cell.won + Number(row['Converted']) });
  }
  return (row) => ((rates.get(key(row))?.won ?? 0) + 1) / ((rates.get(key(row))?.leads ?? 0) + 2);
}

it('reads Select and blanks as unknown, and google and Google as one', () => {
  expect(['Select', ' ', '', undefined].map(known)).toEqual([null, null, null, null]);
  expect(educationNumbers({ 'Lead Source': 'google', Specialization: 'Select' })).toMatchObject({
    'source-google': 1,
    'study-named': 0,
  });
  expect(educationNumbers({ 'Lead Source': 'Google' })).toMatchObject({ 'source-google': 1 });
});

if (leads !== null) {
  describe('calibrating on 9,240 real leads', () => {
    describe('the report', () => {
      const report = calibrationReport(rows.map(vendorLead));

      it('R11: counts leads and conversions by Activity × Profile cell as a plain count does', () => {
        const counted = new Map<string, { leads: number; won: number }>();
        for (const row of rows) {
          const key = `${row['Asymmetrique Activity Index']}|${row['Asymmetrique Profile Index']}`;
          const cell = counted.get(key) ?? { leads: 0, won: 0 };
          counted.set(key, { leads: cell.leads + 1, won: cell.won + Number(row['Converted']) });
        }
        const codes = Object.fromEntries(Object.entries(LEVELS).map(([code, level]) => [level, code]));
        const reported = (report.cells.rows ?? []).map(
          (cell) =>
            [
              `${codes[cell.band ?? ''] ?? ''}|${codes[cell.fit ?? ''] ?? ''}`,
              { leads: cell.leads, won: cell.won },
            ] as const,
        );
        expect(new Map(reported)).toEqual(counted);
        expect(report.cells.total).toMatchObject({ leads: 9_240, won: 3_561, lost: 5_679, open: 0, unknown: 0 });
        process.stdout.write(tableOf('Activity × Profile', report.cells.rows ?? []));
      });

      it('R11: counts leads and conversions by decile as a comparison of every lead with every other does', () => {
        const scored = rows.map(vendorLead).filter(({ score }) => score !== null);
        const scores = scored.map(({ score }) => score ?? 0);
        const counted = Array.from({ length: 10 }, () => ({ leads: 0, won: 0 }));
        scored.forEach(({ outcome }, index) => {
          const own = scores[index] ?? 0;
          let halvesAbove = 0;
          for (const other of scores) halvesAbove += other > own ? 2 : other === own ? 1 : 0;
          const decile = counted[Math.floor((10 * halvesAbove) / (2 * scores.length))];
          if (decile === undefined) throw new Error('There are ten deciles.');
          decile.leads += 1;
          if (outcome === 'won') decile.won += 1;
        });
        const deciles = report.deciles.rows ?? [];
        expect(deciles.slice(0, 10).map(({ leads: count, won }) => ({ leads: count, won }))).toEqual(counted);
        expect(deciles[10]).toMatchObject({ key: null, leads: rows.length - scored.length });
        process.stdout.write(tableOf('decile of the vendor score', deciles));
      });

      it('B8: shows how much likelier than the average lead those of each source convert', () => {
        const table = conversionBy(
          rows.map((row) => ({ row, outcome: outcomeOf(row) })),
          ({ row }) => known(row['Lead Source'])?.toLowerCase() ?? null,
        );
        const google = table.rows.find(({ key }) => key === 'google');
        expect(google).toMatchObject({ leads: 2_868 + 5, isThin: false });
        expect(google?.lift).toBeCloseTo((google?.won ?? 0) / 2_873 / (3_561 / 9_240), 12);
        expect(table.rows.at(-1)).toMatchObject({ key: null, leads: 36 });
      });
    });

    describe('fitted weights', () => {
      const random = randomFrom(20_260_301);
      const halves = rows.map((row) => ({ row, isTrained: random() < 0.5 }));
      const trained = halves.filter(({ isTrained }) => isTrained).map(({ row }) => row);
      const unseen = halves.filter(({ isTrained }) => !isTrained).map(({ row }) => row);
      const isIndexed = (row: EducationRow): boolean =>
        levelOf(row, 'Activity') !== null && levelOf(row, 'Profile') !== null;
      const vendorSum = (row: EducationRow): number => (levelOf(row, 'Activity') ?? 2) + (levelOf(row, 'Profile') ?? 2);
      const vendorScore = (row: EducationRow): number => vendorLead(row).score ?? 30;
      const vendorCell = cellRates(trained);

      it.each([
        ['all columns known beforehand', educationFeatures],
        ['without what staff enter', educationFeatures.filter(({ key }) => !STAFF.includes(key))],
        ['without what the visitor did on the site', educationFeatures.filter(({ target }) => target === 'criterion')],
      ])('beat the vendor on the half they have not seen: %s', (name, features) => {
        const isKept = (row: EducationRow): boolean =>
          !name.includes('staff') || row['Lead Origin'] !== 'Lead Add Form';
        const others = unseen.filter(isKept);
        const fit = fitWeights({ features, rows: trained.filter(isKept).map(rowOf) });
        if (fit.state === 'refused') throw new Error(fit.refusals.map(({ message }) => message).join(' '));
        const indexed = others.filter(isIndexed);
        const own = aucOf(indexed, (row) => logOddsOf(fit, row));
        const rounded = aucOf(indexed, (row) => draftPointsOf(fit.weights, educationNumbers(row)));
        const rivals = [vendorSum, vendorScore, vendorCell].map((read) => aucOf(indexed, read));
        process.stdout.write(
          [
            `${name}: AUC on ${indexed.length} unseen leads with both indices`,
            `  fitted ${shown(own)}, rounded to points ${shown(rounded)}, held out while fitting ${shown(fit.heldOutAuc)}`,
            `  vendor: sum of levels ${shown(rivals[0])}, sum of scores ${shown(rivals[1])}, rate of the cell ${shown(rivals[2])}`,
            `  all ${others.length} unseen leads: fitted ${shown(aucOf(others, (row) => logOddsOf(fit, row)))}, vendor ${shown(aucOf(others, vendorSum))}`,
            '',
          ].join('\n'),
        );
        for (const rival of rivals) {
          expect(own.interval.low).toBeGreaterThan(rival.interval.high);
          expect(rounded.auc).toBeGreaterThan(rival.auc);
        }
      });
    });
  });
}
