import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const tower: MantineColorsTuple = ['#e6f4f3', '#cde7e5', '#9fd2ce', '#6cbbb5', '#45a8a1', '#2c9a92', '#1a8f87', '#0b6b67', '#085754', '#054442'];
const night: MantineColorsTuple = ['#e9ecf1', '#b7bfcb', '#929cab', '#5f6979', '#3d4654', '#2b3340', '#1b212a', '#14181f', '#10141a', '#0a0d11'];

export const theme = createTheme({
  primaryColor: 'tower',
  primaryShade: 7,
  colors: { tower, dark: night },
  fontFamily: "'Inter Variable', system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
  fontFamilyMonospace: "'Inter Variable', system-ui, sans-serif",
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '6px', md: '8px', lg: '12px', xl: '20px' },
  fontSizes: { xs: '12.5px', sm: '13.5px', md: '14px', lg: '16px', xl: '19px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { withArrow: true, openDelay: 250, multiline: true, maw: 360, events: { hover: true, focus: true, touch: true } } },
    Button: { defaultProps: { size: 'xs' }, styles: { label: { fontWeight: 560 } } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', checkIconPosition: 'right' } },
  },
});

/** Mantine's own surfaces and lines take the desk's tokens. */
export const variables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--k-surface)',
    '--mantine-color-text': 'var(--k-text)',
    '--mantine-color-dimmed': 'var(--k-text-3)',
    '--mantine-color-placeholder': 'var(--k-text-3)',
    '--mantine-color-default': 'var(--k-surface)',
    '--mantine-color-default-hover': 'var(--k-hover)',
    '--mantine-color-default-color': 'var(--k-text)',
    '--mantine-color-default-border': 'var(--k-line-strong)',
    '--mantine-color-anchor': 'var(--k-accent)',
    '--mantine-color-error': 'var(--k-bad)',
  };
  return { variables: {}, light: shared, dark: shared };
};
