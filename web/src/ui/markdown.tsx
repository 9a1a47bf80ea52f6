import './markdown.css';
import MarkdownIt, { type Token } from 'markdown-it';
import { Fragment, useMemo, type ReactNode } from 'react';

/** CommonMark with tables; no HTML, and no pictures, which would be fetched from wherever a text says. A line's end is one. */
const reader = new MarkdownIt({ html: false, linkify: false, breaks: true }).disable(['image', 'reference']);

interface Part {
  token: Token;
  parts: Part[];
}

/** The reader's tokens stand in a row; what is opened holds all until it is closed. */
function partsOf(tokens: readonly Token[]): Part[] {
  const whole: Part[] = [];
  const open: Part[][] = [whole];
  for (const token of tokens) {
    if (token.nesting < 0) {
      open.pop();
      continue;
    }
    const part: Part = { token, parts: token.type === 'inline' ? partsOf(token.children ?? []) : [] };
    open.at(-1)?.push(part);
    if (token.nesting > 0) open.push(part.parts);
  }
  return whole;
}

const plainText = (parts: readonly Part[]): string => parts.map(({ token, parts: inner }) => token.content + plainText(inner)).join('');

/** What stands around others as it is. */
const around = { ul: 'ul', blockquote: 'blockquote', li: 'li', strong: 'strong', em: 'em', s: 's', thead: 'thead', tbody: 'tbody', tr: 'tr', th: 'th', td: 'td' } as const;
const isAround = (tag: string): tag is keyof typeof around => Object.hasOwn(around, tag);

/** An address may be the attacker's: it is shown whole, and no click leads there. */
function Address({ to, parts }: { to: string; parts: readonly Part[] }) {
  return (
    <>
      {plainText(parts) !== to && <>{shown(parts)} </>}
      <code>{to}</code>
    </>
  );
}

function shownPart({ token, parts }: Part): ReactNode {
  switch (token.type) {
    case 'text':
      return token.content;
    case 'softbreak':
    case 'hardbreak':
      return <br />;
    case 'code_inline':
      return <code>{token.content}</code>;
    case 'fence':
    case 'code_block':
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
      return <pre className="k-code" tabIndex={0}>{token.content}</pre>;
    case 'hr':
      return <hr />;
    case 'inline':
      return shown(parts);
    case 'link_open':
      return <Address to={token.attrGet('href') ?? ''} parts={parts} />;
    case 'heading_open':
      return <p><strong>{shown(parts)}</strong></p>;
    case 'paragraph_open':
      return token.hidden ? shown(parts) : <p>{shown(parts)}</p>;
    case 'ordered_list_open':
      return <ol start={Number(token.attrGet('start') ?? 1)}>{shown(parts)}</ol>;
    case 'table_open':
      return <div className="k-markdown-table"><table>{shown(parts)}</table></div>;
    default: {
      const Tag = isAround(token.tag) ? around[token.tag] : Fragment;
      return <Tag>{parts.length === 0 ? token.content : shown(parts)}</Tag>;
    }
  }
}

function shown(parts: readonly Part[]): ReactNode {
  return parts.map((part, index) => <Fragment key={index}>{shownPart(part)}</Fragment>);
}

/** A text that a person wrote in Markdown, as elements and never as HTML. */
export function Markdown({ text }: { text: string }) {
  const parts = useMemo(() => partsOf(reader.parse(text, {})), [text]);
  return (
    <div className="k-markdown" translate="no">
      {shown(parts)}
    </div>
  );
}
