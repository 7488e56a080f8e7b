const schema = [];

/** Repository#save is several times slower than an insert and hides which columns it writes. */
export const noRepositorySaveRule = {
  meta: {
    type: 'problem',
    schema,
    messages: { save: 'No .save(): write with insert, update or SQL that names its columns.' },
  },
  create(context) {
    return {
      'CallExpression > MemberExpression.callee[property.name="save"]'(node) {
        context.report({ node: node.property, messageId: 'save' });
      },
    };
  },
};

/** The schema changes through migrations under a lock, never as a side effect of connecting. */
export const noAutoSchemaRule = {
  meta: {
    type: 'problem',
    schema,
    messages: { auto: '{{name}} would change the schema on connecting: migrations run under a lock.' },
  },
  create(context) {
    return {
      'Property[key.name=/^(migrationsRun|synchronize|dropSchema)$/]'(node) {
        const isOff = node.value.type === 'Literal' && node.value.value === false;
        if (!isOff) context.report({ node, messageId: 'auto', data: { name: node.key.name } });
      },
    };
  },
};

/** What a client sends never becomes part of ORDER BY: look the column up in a fixed table. */
export const noRawOrderByRule = {
  meta: {
    type: 'problem',
    schema,
    messages: { raw: 'ORDER BY takes a literal or a look-up in a fixed table, never a value that was passed in.' },
  },
  create(context) {
    return {
      'CallExpression > MemberExpression.callee[property.name=/^(addOrderBy|orderBy)$/]'(node) {
        const [column] = node.parent.arguments;
        if (column && !isFixed(column)) context.report({ node: column, messageId: 'raw' });
      },
      TemplateLiteral(node) {
        node.quasis.slice(0, -1).forEach((quasi, index) => {
          const expression = node.expressions[index];
          const isPassedIn = ['Identifier', 'MemberExpression'].includes(expression.type) && !isFixed(expression);
          if (/order\s+by\s+$/i.test(quasi.value.raw) && isPassedIn) {
            context.report({ node: expression, messageId: 'raw' });
          }
        });
      },
    };
  },
};

const fixedKinds = {
  Literal: () => true,
  TemplateLiteral: (node) => node.expressions.every(isFixed),
  ConditionalExpression: (node) => isFixed(node.consequent) && isFixed(node.alternate),
  ObjectExpression: (node) => node.properties.every((property) => !property.computed),
  MemberExpression: (node) => node.computed,
  Identifier: (node) => /^[A-Z][A-Z_]+$/.test(node.name),
};

function isFixed(node) {
  return fixedKinds[node.type]?.(node) ?? false;
}
