/** The path of a program; installs its Debian package as root where it is missing. Throws where it cannot. */
export function programOf(program: string, packages: readonly string[]): string;
