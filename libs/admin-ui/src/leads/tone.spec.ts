import { bandTone, cellTone } from './tone';
import { sparkPoints } from './spark.view';

const bands = [{ key: 'blazing' }, { key: 'warm' }, { key: 'mild' }, { key: 'cold' }];

describe('colour follows place, not name', () => {
  it('gives the top band the hottest tone whatever it is called', () => {
    expect(bands.map(({ key }) => bandTone(bands, key))).toEqual(['hot', 'warm', 'cool', 'cool']);
  });

  it('has no tone for a lead without a band', () => {
    expect(bandTone(bands, null)).toBe('none');
  });

  it('never burns for a lead that does not fit', () => {
    expect([cellTone('A1'), cellTone('B2'), cellTone('C3'), cellTone('A4'), cellTone('D1')]).toEqual([
      'hot',
      'warm',
      'cool',
      'none',
      'cool',
    ]);
  });
});

describe('the 14-day spark', () => {
  it('stays nearly flat for a lead that hardly moves', () => {
    const heights = sparkPoints([40, 40.5, 40.2]).map(({ y }) => y);
    expect(Math.max(...heights) - Math.min(...heights)).toBeLessThan(1);
  });

  it('rises to the right for a lead that warms up, and stays in its box', () => {
    const points = sparkPoints([0, 30, 100]);
    expect(points.map(({ y }) => y)).toEqual([20, 14.6, 2]);
    expect(points.every(({ x }) => x >= 0 && x <= 72)).toBe(true);
  });
});
