// What people write is shown as they meant it, and nothing of it is run, fetched or led to.
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Markdown } from './markdown';

const drawn = (text: string) => renderToStaticMarkup(<Markdown text={text} />).replace(/^<div class="k-markdown" translate="no">|<\/div>$/g, '');

test('shows paragraphs, line ends, lists, emphasis and code', () => {
  expect(drawn('one\ntwo\n\n**three** _four_ ~~five~~ `six`')).toBe('<p>one<br/>two</p><p><strong>three</strong> <em>four</em> <s>five</s> <code>six</code></p>');
  expect(drawn('- a\n- b\n\n3. c')).toBe('<ul><li>a</li><li>b</li></ul><ol start="3"><li>c</li></ol>');
  expect(drawn('# Head\n\n> said\n\n```\nx < y\n```')).toBe('<p><strong>Head</strong></p><blockquote><p>said</p></blockquote><pre class="k-code" tabindex="0">x &lt; y\n</pre>');
});

test('shows a table', () => expect(drawn('| a | b |\n|---|---|\n| 1 | 2 |')).toContain('<th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td>'));

test('HTML is text', () => {
  expect(drawn('<script>alert(1)</script>')).toBe('<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>');
  expect(drawn('a <img src=x onerror=alert(1)> b')).toBe('<p>a &lt;img src=x onerror=alert(1)&gt; b</p>');
});

test('an address is shown and leads nowhere', () => {
  expect(drawn('[the bank](http://bank.example.net/login)')).toBe('<p>the bank <code>http://bank.example.net/login</code></p>');
  expect(drawn('<http://bank.example.net/>')).toBe('<p><code>http://bank.example.net/</code></p>');
  expect(drawn('[x](javascript:alert(1))')).not.toContain('<a');
});

test('a picture is not fetched', () => expect(drawn('![seen](http://track.example.net/pixel)')).not.toContain('<img'));

test('a text nested beyond sense is drawn, too', () => expect(drawn('>'.repeat(5000) + 'x').length).toBeGreaterThan(0));
