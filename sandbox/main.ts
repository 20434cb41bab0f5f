import { createProgram } from './cli';

void createProgram().parseAsync();
