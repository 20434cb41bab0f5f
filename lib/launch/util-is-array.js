// cdktf calls util.isArray: Node 22 and newer warn about it (DEP0044), and say to use Array.isArray.
'use strict';
Object.assign(require('node:util'), { isArray: Array.isArray });
