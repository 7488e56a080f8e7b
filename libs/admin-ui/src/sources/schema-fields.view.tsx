import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { FieldTexts, SchemaField } from './schema.fields';

interface SchemaFieldsProps {
  fields: readonly SchemaField[];
  texts: FieldTexts;
  onChange: (texts: FieldTexts) => void;
  /** What the server found wrong, by the name of the field. */
  errors: Readonly<Record<string, string>>;
}

/** The fields of settings whose schema the server gave: no kind of source has a form of its own. */
export function SchemaFields({ fields, texts, onChange, errors }: SchemaFieldsProps) {
  return fields.map((field) => {
    const { name, label, description, kind, isRequired } = field;
    const set = (value: string): void => onChange({ ...texts, [name]: value });
    const given = { label, description, error: errors[name], required: isRequired, withAsterisk: false };
    const value = texts[name] ?? '';
    if (kind === 'flag') {
      return (
        <Checkbox
          key={name}
          {...{ label, description, error: errors[name] }}
          checked={value === 'true'}
          onChange={({ currentTarget: { checked } }) => set(checked ? 'true' : '')}
        />
      );
    }
    const props = {
      ...given,
      value,
      onChange: (event: { currentTarget: { value: string } }) => set(event.currentTarget.value),
    };
    if (kind === 'choice') return <NativeSelect key={name} {...props} data={['', ...field.choices]} />;
    if (kind === 'json') return <Textarea key={name} {...props} autosize />;
    return <TextInput key={name} {...props} inputMode={kind === 'number' ? 'decimal' : undefined} />;
  });
}
