import { useLocation } from 'wouter';

/** Goes to one of the desk's addresses. */
export const useNavigate = (): ((to: string) => void) => {
  const [, navigate] = useLocation();
  return navigate;
};
