import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const ember: MantineColorsTuple = [
  '#fff3ec',
  '#fde3d5',
  '#fac4a9',
  '#f7a279',
  '#f38451',
  '#ee6f36',
  '#dd5a20',
  '#bf4712',
  '#9c390e',
  '#7c2f0f',
];

const ink: MantineColorsTuple = [
  '#eef1fb',
  '#dce2f4',
  '#b7c2e6',
  '#8fa1da',
  '#7088d2',
  '#5c76cc',
  '#4a63ba',
  '#3d54a6',
  '#334890',
  '#283a76',
];

const dark: MantineColorsTuple = [
  '#e4e6ea',
  '#b4b9c2',
  '#8d939e',
  '#5f6570',
  '#3a3f48',
  '#2d3138',
  '#24272d',
  '#1b1d22',
  '#15171b',
  '#101215',
];

/** The look of the admin: dense, calm, one accent. */
export const adminTheme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 6 },
  colors: { ember, ink, dark },
  fontFamily:
    'Inter, "Inter Variable", -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell, "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '22px', lineHeight: '1.25' },
      h2: { fontSize: '15px', lineHeight: '1.35' },
      h3: { fontSize: '13px', lineHeight: '1.4' },
    },
  },
  components: { Button: { styles: { label: { fontWeight: 500 } } } },
  respectReducedMotion: true,
  cursorType: 'pointer',
});

/** Contrast of dimmed, placeholder and error text to at least 4.5:1 in both schemes. */
export const adminVariables: CSSVariablesResolver = (theme) => ({
  variables: { '--mantine-color-error': 'var(--rk-bad)' },
  light: {
    '--mantine-color-dimmed': theme.colors.gray[7],
    '--mantine-color-placeholder': theme.colors.gray[7],
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1d2127',
  },
  dark: {
    '--mantine-color-dimmed': theme.colors.dark[1],
    '--mantine-color-placeholder': theme.colors.dark[1],
    '--mantine-color-body': theme.colors.dark[7],
    '--mantine-color-text': theme.colors.dark[0],
  },
});
