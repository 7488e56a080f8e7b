import Handlebars from 'handlebars';
import { MailError, type TemplatePosition } from '../mail.error';
import { isSafeKey } from './template.context';

const MOST_BYTES = 64 * 1024;
const MOST_MUSTACHES = 500;
const MOST_DEPTH = 10;
const MOST_NESTED_LOOPS = 2;
const MOST_PATH_PARTS = 6;
/** Before parsing: blocks are written with up to three tags. Keeps the parser's time bounded. */
const MOST_RAW_TAGS = MOST_MUSTACHES * 3;

const blockHelpers: Record<string, true> = { if: true, unless: true, each: true, with: true };
const loopVariables = new Set(['index', 'first', 'last']);
const literals = new Set(['StringLiteral', 'NumberLiteral', 'BooleanLiteral']);

/** What stands for a value and for the edge of a block in `outlineOf`. Private-use characters, refused in templates. */
export const valueMark = '\ue000';
export const blockMark = '\ue001';

interface Walk {
  mustaches: number;
  outline: string[];
  shownPaths: Set<string>;
}

/** A template that passed: its tree, rewritten so that every value goes through the `value` helper. */
export interface CheckedTemplate {
  ast: hbs.AST.Program;
  /** The template's own text with `valueMark` for each value and `blockMark` at the edges of blocks. */
  outline: string;
  /** The data paths shown outside any block, so in every mail made of it. */
  shownPaths: ReadonlySet<string>;
}

/**
 * Parses a template and lets through only text, comments, `{{path}}`, `{{default path "text"}}` and the blocks if,
 * unless, each and with. Bounds: 64 KB, 500 mustaches, depth 10, loops nested twice. The template is a text: an object
 * (a prepared tree) is refused.
 * @throws MailError `template_too_large`, `template_syntax` or `template_not_allowed`, with the position where known.
 */
export function checkTemplate(source: unknown): CheckedTemplate {
  const ast = parse(boundedSource(source));
  const walk: Walk = { mustaches: 0, outline: [], shownPaths: new Set() };
  checkProgram(ast, walk, { depth: 0, loops: 0 });
  return { ast, outline: walk.outline.join(''), shownPaths: walk.shownPaths };
}

function boundedSource(source: unknown): string {
  if (typeof source !== 'string') {
    throw new MailError('template_not_allowed', 'A template must be a text.');
  }
  const isTooLarge = Buffer.byteLength(source) > MOST_BYTES || source.split('{{').length > MOST_RAW_TAGS;
  if (isTooLarge) {
    throw new MailError('template_too_large', `A template holds at most 64 KB and ${MOST_MUSTACHES} mustaches.`);
  }
  if (source.includes(valueMark) || source.includes(blockMark)) {
    throw new MailError('template_not_allowed', 'The characters U+E000 and U+E001 may not stand in a template.');
  }
  return source;
}

function parse(source: string): hbs.AST.Program {
  try {
    return Handlebars.parse(source);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new MailError('template_syntax', message, { cause: error });
  }
}

interface Level {
  depth: number;
  loops: number;
}

function checkProgram(program: hbs.AST.Program, walk: Walk, level: Level): void {
  refuseIf(Boolean(program.blockParams?.length), 'Block parameters are not allowed.', program);
  refuseIf(level.depth > MOST_DEPTH, `Blocks may be nested at most ${MOST_DEPTH} deep.`, program);
  program.body = program.body.map((statement) => checkStatement(statement, walk, level));
}

function checkStatement(statement: hbs.AST.Statement, walk: Walk, level: Level): hbs.AST.Statement {
  switch (statement.type) {
    case 'ContentStatement':
      walk.outline.push(contentOf(statement));
      return statement;
    case 'CommentStatement':
      return statement;
    case 'MustacheStatement':
      return checkMustache(statement as hbs.AST.MustacheStatement, walk, level);
    case 'BlockStatement':
      checkBlock(statement as hbs.AST.BlockStatement, walk, level);
      return statement;
    default:
      throw refusal('Partials, decorators and inline blocks are not allowed.', statement);
  }
}

function contentOf(statement: hbs.AST.Statement): string {
  return 'value' in statement && typeof statement.value === 'string' ? statement.value : '';
}

/** `{{a.b}}` becomes `{{value a.b "a.b"}}`; `{{default a.b "x"}}` stays. */
function checkMustache(mustache: hbs.AST.MustacheStatement, walk: Walk, level: Level): hbs.AST.Statement {
  countMustache(walk, mustache);
  refuseIf(!mustache.escaped, 'Raw output ({{{ or {{&) is not allowed.', mustache);
  refuseIf(Boolean(mustache.hash?.pairs.length), 'Named arguments are not allowed.', mustache);
  walk.outline.push(valueMark);
  if (mustache.params.length === 0) {
    const path = checkPath(mustache.path);
    if (level.depth === 0) {
      walk.shownPaths.add(path.original);
    }
    return { ...mustache, path: helperPath('value', path), params: [path, textLiteral(path)] } as hbs.AST.Statement;
  }
  const isDefault = isPath(mustache.path) && mustache.path.original === 'default' && mustache.params.length === 2;
  refuseIf(!isDefault, 'The only helper is {{default path "text"}}.', mustache);
  mustache.params.forEach((param) => literals.has(param.type) || checkPath(param));
  return mustache;
}

function checkBlock(block: hbs.AST.BlockStatement, walk: Walk, level: Level): void {
  countMustache(walk, block);
  const name = block.path.original;
  refuseIf(!blockHelpers[name], 'The only blocks are if, unless, each and with.', block);
  const [subject] = block.params;
  refuseIf(block.params.length !== 1 || Boolean(block.hash?.pairs.length), `{{#${name}}} takes one path.`, block);
  checkPath(subject);
  const inner = { depth: level.depth + 1, loops: level.loops + (name === 'each' ? 1 : 0) };
  refuseIf(inner.loops > MOST_NESTED_LOOPS, 'Loops may be nested at most twice.', block);
  walk.outline.push(blockMark);
  [block.program, block.inverse].filter(Boolean).forEach((program) => {
    checkProgram(program, walk, inner);
    walk.outline.push(blockMark);
  });
}

function countMustache(walk: Walk, node: hbs.AST.Node): void {
  walk.mustaches += 1;
  if (walk.mustaches > MOST_MUSTACHES) {
    throw new MailError('template_too_large', `A template holds at most ${MOST_MUSTACHES} mustaches.`, {
      position: node.loc.start,
    });
  }
}

function isPath(node: hbs.AST.Node | undefined): node is hbs.AST.PathExpression {
  return node?.type === 'PathExpression';
}

function checkPath(node: hbs.AST.Node | undefined): hbs.AST.PathExpression {
  if (!isPath(node)) {
    throw refusal('Only a path such as lead.firstName may stand here.', node);
  }
  const parts: unknown[] = node.parts;
  const isAllowed =
    parts.every((part) => typeof part === 'string' && isSafeKey(part)) && parts.length <= MOST_PATH_PARTS;
  const isLoopVariable = parts.length === 1 && loopVariables.has(String(parts[0]));
  refuseIf(!isAllowed || (node.data && !isLoopVariable), `${node.original} may not be read.`, node);
  refuseIf(blockHelpers[node.original] === true || node.original === 'default', `${node.original} is a helper.`, node);
  return node;
}

function helperPath(name: string, { loc }: hbs.AST.Node): hbs.AST.PathExpression {
  return { type: 'PathExpression', data: false, depth: 0, parts: [name], original: name, loc };
}

function textLiteral(path: hbs.AST.PathExpression): hbs.AST.StringLiteral {
  return { type: 'StringLiteral', value: path.original, original: path.original, loc: path.loc };
}

function refuseIf(condition: boolean, message: string, node: hbs.AST.Node): void {
  if (condition) {
    throw refusal(message, node);
  }
}

function refusal(message: string, node: hbs.AST.Node | undefined): MailError {
  const start = node?.loc?.start;
  const position: TemplatePosition | undefined = start && { line: start.line, column: start.column };
  const where = position ? ` (line ${position.line}, column ${position.column})` : '';
  return new MailError('template_not_allowed', message + where, { position });
}
