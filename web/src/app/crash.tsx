import { Button } from '@mantine/core';
import { Component, useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { read } from '@/contract/client';
import { paths } from '@/contract/paths';
import { useStream } from '@/contract/use-stream';
import { Failure } from '@/ui/failure';

/** What browsers say of a part of the desk that did not arrive. */
const missingPart = /dynamically imported module|importing a module script failed|unable to preload css/i;

const reload = () => window.location.reload();

/** A part that did not arrive is asked for anew as soon as the server is there again. */
function MissingPart({ error }: { error: Error }) {
  const away = useRef(false);
  useStream({
    state: (state) => {
      if (state === 'waiting') away.current = true;
      if (state === 'live' && away.current) reload();
    },
  });
  useEffect(() => {
    const ask = () => void read('/status').then(reload, () => undefined);
    window.addEventListener('online', ask);
    return () => window.removeEventListener('online', ask);
  }, []);
  return <Failure error={error} retry={reload} />;
}

function Fault({ error }: { error: Error }) {
  const { t } = useTranslation();
  const back = (
    <Button component={Link} to={paths.home} size="xs" variant="subtle" mt="xs" ml="xs">
      {t('not_found.back')}
    </Button>
  );
  return <Failure error={error} kind="fault" retry={reload} action={back} />;
}

interface CrashState {
  error: Error | null;
}

/** A page that broke says so in its place; the rest of the desk goes on. */
export class Crash extends Component<{ children: ReactNode }, CrashState> {
  override state: CrashState = { error: null };

  static getDerivedStateFromError(error: Error): CrashState {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return missingPart.test(error.message) ? <MissingPart error={error} /> : <Fault error={error} />;
  }
}
