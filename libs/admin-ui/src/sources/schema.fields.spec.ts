import { fieldsOf, isFilled, textsOf, valuesOf } from './schema.fields';

const schema = {
  type: 'object',
  properties: {
    topic: { type: 'string', title: 'Topic', description: 'The one that is believed.' },
    port: { type: 'integer' },
    isStrict: { type: 'boolean' },
    region: { type: 'string', enum: ['eu', 'us'] },
    headers: { type: 'object' },
  },
  required: ['topic', 'isStrict'],
};
const fields = fieldsOf(schema);

describe('a form made from a JSON Schema', () => {
  it('has a field for each property, in words where the schema has them', () => {
    expect(fields.map(({ label, kind, isRequired }) => [label, kind, isRequired])).toEqual([
      ['Topic', 'text', true],
      ['port', 'number', false],
      ['isStrict', 'flag', true],
      ['region', 'choice', false],
      ['headers', 'json', false],
    ]);
    expect([fields[0]?.description, fields[3]?.choices]).toEqual(['The one that is believed.', ['eu', 'us']]);
    expect(fieldsOf({ type: 'object' })).toEqual([]);
  });

  it('gives back the values it was filled with', () => {
    const values = { topic: 'mail', port: 25, isStrict: true, region: 'eu', headers: { a: ['b'] } };
    expect(valuesOf(fields, textsOf(fields, values))).toEqual(values);
  });

  it('leaves out what is empty, but says of a flag that it is not set', () => {
    expect(valuesOf(fields, textsOf(fields, {}))).toEqual({ isStrict: false });
  });

  it('hands on what is no number or JSON, for the server to say so', () => {
    expect(valuesOf(fields, { port: 'many', headers: '{' })).toMatchObject({ port: 'many', headers: '{' });
  });

  it('is filled once nothing that is needed is blank', () => {
    expect([isFilled(fields, { topic: ' ' }), isFilled(fields, { topic: 'mail' })]).toEqual([false, true]);
  });
});
