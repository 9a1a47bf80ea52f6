import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { paths } from '@/contract/paths';
import { SignInPage } from '@/features/access/sign-in-page';
import { Crash } from './crash';
import { Entrance } from './entrance';
import { loadInside } from './load-inside';
import { Outside } from './outside';

const Inside = lazy(async () => ({ default: (await loadInside()).Inside }));
const WelcomePage = lazy(async () => ({ default: (await import('@/features/access/welcome-page')).WelcomePage }));

/** The door is there at once, and what is behind it comes for those who may enter; a page when it is first opened. */
export const DeskRoutes = () => (
  <Switch>
    <Route path="/sign-in">
      <Outside>
        <SignInPage />
      </Outside>
    </Route>
    <Route path={paths.welcome}>
      <Outside>
        <WelcomePage />
      </Outside>
    </Route>
    <Route>
      <Entrance>
        <Crash>
          <Suspense>
            <Inside />
          </Suspense>
        </Crash>
      </Entrance>
    </Route>
  </Switch>
);
