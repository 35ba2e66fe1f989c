/** Files that electron-vite copies beside the bundle; the import is the copy's path on disk. */
declare module '*?asset' {
  const path: string;
  export default path;
}
