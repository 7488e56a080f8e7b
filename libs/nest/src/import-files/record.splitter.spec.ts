import fc from 'fast-check';
import { RecordSplitter } from './record.splitter';

const split = (text: string, pieces = [text.length], delimiter: string | null = ','): (string | number)[][] => {
  const splitter = new RecordSplitter(delimiter);
  const rows = [];
  let start = 0;
  for (const size of pieces) {
    rows.push(...splitter.push(text.slice(start, start + size)));
    start += size;
  }
  rows.push(...splitter.push(text.slice(start)), ...splitter.end());
  return rows.map(({ line, text: row, code }) => [line, row, ...(code === undefined ? [] : [code])]);
};

describe('cutting a file into rows', () => {
  it('knows every kind of line end, also mixed, and passes over blank lines', () => {
    expect(split('a,b\r\n1,2\n3,4\r5,6\n\n \r\n7,8')).toEqual([
      [1, 'a,b'],
      [2, '1,2'],
      [3, '3,4'],
      [4, '5,6'],
      [7, '7,8'],
    ]);
  });

  it('leaves line ends inside quotes where they are, and doubled quotes and quotes in the middle alone', () => {
    expect(split('"x\ny",2\n5" screen,"say ""hi"""\nlast')).toEqual([
      [1, '"x\ny",2'],
      [3, '5" screen,"say ""hi"""'],
      [4, 'last'],
    ]);
  });

  it('loses one line to a quote that never closes, and none after it', () => {
    expect(split('a,b\nx,"open\n1,2\n3,"fine"\n4,5\n')).toEqual([
      [1, 'a,b'],
      [2, 'x,"open', 'open_quote'],
      [3, '1,2'],
      [4, '3,"fine"'],
      [5, '4,5'],
    ]);
  });

  it('cuts the same rows however the text arrives', () => {
    const character = fc.constantFrom('"', ',', '\n', '\r', 'a', 'é');
    const text = fc.array(character, { maxLength: 60 }).map((characters) => characters.join(''));
    fc.assert(
      fc.property(text, fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 30 }), (given, pieces) => {
        expect(split(given, pieces)).toEqual(split(given));
      }),
      { seed: 11 },
    );
  });

  it('refuses a row of a megabyte without keeping it, and reads on', () => {
    const rows = split(
      `a,b\n${'x'.repeat(1_000_000)}\n1,2\n`,
      Array.from({ length: 16 }, () => 65_536),
    );
    expect(rows.map(([line, , code]) => [line, code])).toEqual([
      [1, undefined],
      [2, 'row_too_long'],
      [3, undefined],
    ]);
  });

  it('gives up on a file full of quotes that never close', () => {
    expect(() => split('x,"open\n'.repeat(1_000))).toThrow('quotes of this file do not match');
  });
});
