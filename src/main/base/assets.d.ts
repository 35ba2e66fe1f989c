/** Files that electron-vite copies beside the bundle. Importing one gives the copy's path on disk. */
declare module '*?asset' {
  const path: string;
  export default path;
}
