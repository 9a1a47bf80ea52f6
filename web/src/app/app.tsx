import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Router } from 'wouter';
import { mayHelpToRetry } from '@/contract/problem';
import { askBeforeLeaving } from '@/ui/unsaved';
import { keepPeopleApart } from './one-person';
import { DeskRoutes } from './routes';
import { theme, variables } from './theme';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // The stream tells what is new and a person can retry; one silent second try is enough.
      retry: (count, error) => count < 1 && mayHelpToRetry(error),
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

keepPeopleApart(client);

const scheme = localStorageColorSchemeManager({ key: 'kula.theme' });

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} colorSchemeManager={scheme} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <Router base="/desk" aroundNav={askBeforeLeaving}>
          <DeskRoutes />
        </Router>
      </QueryClientProvider>
    </MantineProvider>
  );
}
