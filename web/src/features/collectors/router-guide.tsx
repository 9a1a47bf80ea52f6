import { Button, CopyButton, SegmentedControl } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CollectorSocket } from '@/contract/types';
import { useFormat } from '@/ui/format';
import { Panel } from '@/ui/panel';
import { portOf, recipes, type RouterKind } from './recipes';

/** How to point a router at the collector: lines to copy, for what is most often met. */
export function RouterGuide({ sockets, window }: { sockets: readonly CollectorSocket[]; window: number | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [kind, setKind] = useState<RouterKind>('cisco');
  const recipe = recipes[kind](portOf(sockets));
  return (
    <Panel
      title={t('collectors.guide')}
      note={sockets.length === 0 ? t('collectors.no_socket') : undefined}
      actions={<SegmentedControl size="xs" aria-label={t('collectors.guide')} value={kind} onChange={(next) => setKind(next)} data={[{ value: 'cisco', label: 'Cisco IOS-XE' }, { value: 'juniper', label: 'Junos' }, { value: 'mikrotik', label: 'RouterOS' }, { value: 'linux', label: 'Linux' }]} />}
    >
      <div className="k-stack">
        <p>{t('collectors.guide_text')}</p>
        <div className="k-recipe">
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
          <pre className="k-code" tabIndex={0} translate="no">{recipe}</pre>
          <CopyButton value={recipe}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy} leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}>
                {t(copied ? 'action.copied' : 'action.copy')}
              </Button>
            )}
          </CopyButton>
        </div>
        {window !== undefined && <p className="k-faint">{t('collectors.window', { seconds: t('count.seconds', { count: window, n: format.number(window) }) })}</p>}
      </div>
    </Panel>
  );
}
