-- A record as version 2 of the schema kept it: what every later version must open, upgrade and still prove.
-- Invented people. Never made again: a fixture that follows the code proves nothing about files that exist.
PRAGMA application_id = 1953655666;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT);
INSERT INTO "_sqlite_migrations" VALUES(1,'tracker','m001_the_record_and_its_log','2026-11-24 00:07:41.462480+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'tracker','m002_lists_taken_in','2026-11-24 03:11:23.470619+00:00');
CREATE TABLE changes (
        n INTEGER PRIMARY KEY, seq INTEGER, "table" TEXT NOT NULL, row TEXT NOT NULL, before TEXT,
        gone INTEGER NOT NULL DEFAULT 0
    ) STRICT;
INSERT INTO "changes" VALUES(1,1,'settings','device',NULL,0);
INSERT INTO "changes" VALUES(2,1,'settings','country',NULL,0);
INSERT INTO "changes" VALUES(3,1,'settings','zone',NULL,0);
INSERT INTO "changes" VALUES(4,1,'settings','we',NULL,0);
INSERT INTO "changes" VALUES(5,1,'settings','start',NULL,0);
INSERT INTO "changes" VALUES(6,1,'settings','rule',NULL,0);
INSERT INTO "changes" VALUES(7,2,'facilities','01m85e2dr5f3vv8h63pebe6gjt',NULL,0);
INSERT INTO "changes" VALUES(8,2,'facility_names','01m85e2dr5f3vvct174zmg12bk',NULL,0);
INSERT INTO "changes" VALUES(9,3,'facilities','01m85e2drzwcfpssex9thr5sf7',NULL,0);
INSERT INTO "changes" VALUES(10,4,'claimants','01m85e2dt8em9gx044rb0xhj4y',NULL,0);
INSERT INTO "changes" VALUES(11,4,'claimant_names','01m85e2dt8em9m73rrtqj7vfbh',NULL,0);
INSERT INTO "changes" VALUES(12,5,'claimants','01m85e2dv7qrvzmtvt1q3yqbdg',NULL,0);
INSERT INTO "changes" VALUES(13,6,'sources','01m85e2dwfv68fb6k6nkq9sd4e',NULL,0);
INSERT INTO "changes" VALUES(14,7,'sources','01m85e2dwrgezp2w883yhqjyke',NULL,0);
INSERT INTO "changes" VALUES(15,8,'detainees','01m85e2dxxftf4x5cg2cjrfz24',NULL,0);
INSERT INTO "changes" VALUES(16,8,'citations','01m85e2dxxftffjcq11h5ns1kf',NULL,0);
INSERT INTO "changes" VALUES(17,8,'nationalities','01m85e2dxxftfw531ntdd5j6zt',NULL,0);
INSERT INTO "changes" VALUES(18,8,'citations','01m85e2dxxftg2kaj0fm0q821d',NULL,0);
INSERT INTO "changes" VALUES(19,8,'nationalities','01m85e2dxysctrxyhpqh7qpggk',NULL,0);
INSERT INTO "changes" VALUES(20,8,'citations','01m85e2dxyscv1y4m16a5nzp2f',NULL,0);
INSERT INTO "changes" VALUES(21,8,'names','01m85e2dxyscvfc844019kwdtb',NULL,0);
INSERT INTO "changes" VALUES(22,9,'detentions','01m85e2dzha60975v8m7nk2e7b',NULL,0);
INSERT INTO "changes" VALUES(23,9,'citations','01m85e2dzj7qdb45jk4yz4h885',NULL,0);
INSERT INTO "changes" VALUES(24,9,'stays','01m85e2dzj7qdmef6h884hxvtx',NULL,0);
INSERT INTO "changes" VALUES(25,9,'citations','01m85e2dzj7qdpyg71vvyw4aeq',NULL,0);
INSERT INTO "changes" VALUES(26,10,'detainees','01m85e2e1aqs1rmnnxn9rs0nvm',NULL,0);
INSERT INTO "changes" VALUES(27,11,'detentions','01m85e2e276t21sqyp7dyvvf8h',NULL,0);
INSERT INTO "changes" VALUES(28,11,'stays','01m85e2e282s8p2xgv9g1tdkt6',NULL,0);
INSERT INTO "changes" VALUES(29,12,'stays','01m85e2e3dey71dzx6gc43npwm',NULL,0);
INSERT INTO "changes" VALUES(30,12,'citations','01m85e2e3e9npc4990j25bmb8v',NULL,0);
INSERT INTO "changes" VALUES(31,13,'detainees','01m85e2e47vk2fk52ve9j4rrn1',NULL,0);
INSERT INTO "changes" VALUES(32,13,'citations','01m85e2e480nnqeq7ag0dz1bkp',NULL,0);
INSERT INTO "changes" VALUES(33,13,'nationalities','01m85e2e480np2my2mxa65e86y',NULL,0);
INSERT INTO "changes" VALUES(34,13,'citations','01m85e2e480npbmsp2y8y6gse4',NULL,0);
INSERT INTO "changes" VALUES(35,13,'detentions','01m85e2e49e0xj18301y4xzccy',NULL,0);
INSERT INTO "changes" VALUES(36,13,'citations','01m85e2e49e0xs6j4gpjncpt3j',NULL,0);
INSERT INTO "changes" VALUES(37,14,'detainees','01m85e2e4rgv20dvnfz61xw6fz',NULL,0);
INSERT INTO "changes" VALUES(38,14,'detentions','01m85e2e4svwgd466v08sjrmrc',NULL,0);
INSERT INTO "changes" VALUES(39,15,'detainees','01m85e2e5ayttwvj1krhmfsjng',NULL,0);
INSERT INTO "changes" VALUES(40,15,'citations','01m85e2e5aytv7yv7bkzkmgz3e',NULL,0);
INSERT INTO "changes" VALUES(41,15,'detentions','01m85e2e5bw70r1xzjv0vaxc1q',NULL,0);
INSERT INTO "changes" VALUES(42,15,'citations','01m85e2e5bw70w55dms384xaf1',NULL,0);
INSERT INTO "changes" VALUES(43,16,'releases','01m85e2e6d309fm5h7cdkrnpyp',NULL,0);
INSERT INTO "changes" VALUES(44,16,'citations','01m85e2e6d309nx764fvc4xfe5',NULL,0);
INSERT INTO "changes" VALUES(45,16,'releases','01m85e2e6ex9k7mg6h1bq9rg8e',NULL,0);
INSERT INTO "changes" VALUES(46,16,'citations','01m85e2e6ex9kajs9xq7hw90kr',NULL,0);
INSERT INTO "changes" VALUES(47,17,'releases','01m85e2e6st8rcx0svs41g0ryq',NULL,0);
INSERT INTO "changes" VALUES(48,17,'citations','01m85e2e6st8rt0ytb52m0fgsh',NULL,0);
INSERT INTO "changes" VALUES(49,18,'citations','01m85e2e80j3y82r73d2p3x4an',NULL,0);
INSERT INTO "changes" VALUES(50,19,'citations','01m85e2e80j3y82r73d2p3x4an','{"id":"01m85e2e80j3y82r73d2p3x4an","ref":"Q-p3x4an","source":"01m85e2dwrgezp2w883yhqjyke","release":"01m85e2e6ex9k7mg6h1bq9rg8e","field":"released_on","value":"2026-01-13","stance":"disputes"}',0);
INSERT INTO "changes" VALUES(51,19,'releases','01m85e2e6ex9k7mg6h1bq9rg8e','{"id":"01m85e2e6ex9k7mg6h1bq9rg8e","ref":"R-q9rg8e","detention":"01m85e2e276t21sqyp7dyvvf8h","step":1,"released":"2026-01-12","released_from":"2026-01-12T00:00","released_to":"2026-01-12T23:59","entered":"2026-11-23","kind":"precautionary","basis":"unstated","status":"verified","conditions":"presentación mensual"}',0);
INSERT INTO "changes" VALUES(52,20,'releases','01m85e2e6st8rcx0svs41g0ryq','{"id":"01m85e2e6st8rcx0svs41g0ryq","ref":"R-1g0ryq","detention":"01m85e2e4svwgd466v08sjrmrc","step":1,"released":"2026-01","released_from":"2026-01-01T00:00","released_to":"2026-01-31T23:59","entered":"2026-11-23","kind":"unstated","basis":"unstated","status":"announced"}',0);
INSERT INTO "changes" VALUES(53,21,'detentions','01m85e2ea44a1xm6n4jcb170ec',NULL,0);
INSERT INTO "changes" VALUES(54,21,'citations','01m85e2ea44a25x01fnrpdxe33',NULL,0);
INSERT INTO "changes" VALUES(55,21,'stays','01m85e2ea5xq8v9fq5qdevwdzq',NULL,0);
INSERT INTO "changes" VALUES(56,21,'citations','01m85e2ea5xq91n4ahpv9hj709',NULL,0);
INSERT INTO "changes" VALUES(57,22,'detentions','01m85e2ea44a1xm6n4jcb170ec','{"id":"01m85e2ea44a1xm6n4jcb170ec","ref":"D-b170ec","detainee":"01m85e2dxxftf4x5cg2cjrfz24","began":"2026-02-08T23:45","began_from":"2026-02-08T23:45","began_to":"2026-02-08T23:45","entered":"2026-11-23","cause":"revocation"}',0);
INSERT INTO "changes" VALUES(58,22,'citations','01m85e2ea44a25x01fnrpdxe33','{"id":"01m85e2ea44a25x01fnrpdxe33","ref":"Q-pdxe33","source":"01m85e2dwfv68fb6k6nkq9sd4e","claimant":"01m85e2dt8em9gx044rb0xhj4y","detention":"01m85e2ea44a1xm6n4jcb170ec","stance":"supports"}',0);
INSERT INTO "changes" VALUES(59,22,'stays','01m85e2ea5xq8v9fq5qdevwdzq','{"id":"01m85e2ea5xq8v9fq5qdevwdzq","ref":"Y-evwdzq","detention":"01m85e2ea44a1xm6n4jcb170ec","step":1,"facility":"01m85e2drzwcfpssex9thr5sf7","whereabouts_unknown":0}',0);
INSERT INTO "changes" VALUES(60,22,'citations','01m85e2ea5xq91n4ahpv9hj709','{"id":"01m85e2ea5xq91n4ahpv9hj709","ref":"Q-9hj709","source":"01m85e2dwfv68fb6k6nkq9sd4e","claimant":"01m85e2dt8em9gx044rb0xhj4y","stay":"01m85e2ea5xq8v9fq5qdevwdzq","stance":"supports"}',0);
INSERT INTO "changes" VALUES(61,23,'claims','01m85e2ebze0vny863x1w3th4a',NULL,0);
INSERT INTO "changes" VALUES(62,23,'citations','01m85e2ebze0vw10axb4zdtkdb',NULL,0);
INSERT INTO "changes" VALUES(63,24,'detainees','01m85e2ece39y1xz6615k1f67q',NULL,0);
INSERT INTO "changes" VALUES(64,25,'detainees','01m85e2ece39y1xz6615k1f67q','{"id":"01m85e2ece39y1xz6615k1f67q","ref":"P-k1f67q","name":"Eva Doble","name_key":"eva doble","name_exact":"eva doble","excluded":0}',0);
INSERT INTO "changes" VALUES(65,26,'detainees','01m85e2e1aqs1rmnnxn9rs0nvm','{"id":"01m85e2e1aqs1rmnnxn9rs0nvm","ref":"P-rs0nvm","name":"Luis Vega","name_key":"luis vega","name_exact":"luis vega","sex":"male","service":"military","excluded":0,"note":"Una nota; con \"comillas\" y ''apóstrofos''.\nY otra línea."}',0);
INSERT INTO "changes" VALUES(66,27,'detainees','01m85e2e1aqs1rmnnxn9rs0nvm','{"id":"01m85e2e1aqs1rmnnxn9rs0nvm","ref":"P-rs0nvm","name":"Luis Vega","name_key":"luis vega","name_exact":"luis vega","sex":"male","service":"military","occupation":"panadero","excluded":0,"note":"Una nota; con \"comillas\" y ''apóstrofos''.\nY otra línea."}',0);
INSERT INTO "changes" VALUES(67,29,'sources','01m85rjsveyrvb7dxsb9nv45v8',NULL,0);
INSERT INTO "changes" VALUES(68,30,'lists','01m85rjtqv9nm27kbc5e50e2h6',NULL,0);
INSERT INTO "changes" VALUES(69,30,'detainees','01m85e2e4rgv20dvnfz61xw6fz','{"id":"01m85e2e4rgv20dvnfz61xw6fz","ref":"P-1xw6fz","name":"Eva Paz","name_key":"eva paz","name_exact":"eva paz","publish":"anonymous","excluded":0}',0);
INSERT INTO "changes" VALUES(70,30,'citations','01m85rjttzgk4hj81fkn7wxpp8',NULL,0);
INSERT INTO "changes" VALUES(71,30,'stays','01m85rjttzgk4nn851v0qbmn0g',NULL,0);
INSERT INTO "changes" VALUES(72,30,'citations','01m85rjtv04p2g2dm5gn5dtf02',NULL,0);
INSERT INTO "changes" VALUES(73,30,'facilities','01m85rjtv4ymydvscmhj2281kh',NULL,0);
INSERT INTO "changes" VALUES(74,30,'detainees','01m85rjtv04p2j3mwtdy4vn4w9',NULL,0);
INSERT INTO "changes" VALUES(75,30,'detainees','01m85rjtv4ymxhtgpbx2n8czbm',NULL,0);
INSERT INTO "changes" VALUES(76,30,'detentions','01m85rjtv3mbjqagr2gz7nwmev',NULL,0);
INSERT INTO "changes" VALUES(77,30,'detentions','01m85rjtv4ymxz5g1mbe2b4j83',NULL,0);
INSERT INTO "changes" VALUES(78,30,'stays','01m85rjtv3mbk29022tk8jrc7h',NULL,0);
INSERT INTO "changes" VALUES(79,30,'stays','01m85rjtv52xfmcj9jknagzd5g',NULL,0);
INSERT INTO "changes" VALUES(80,30,'citations','01m85rjtv4ymwxhep0apsprbnh',NULL,0);
INSERT INTO "changes" VALUES(81,30,'citations','01m85rjtv52xfyqscgtkhwd4sd',NULL,0);
INSERT INTO "changes" VALUES(82,30,'citations','01m85rjtv4ymx340jvqb180nbw',NULL,0);
INSERT INTO "changes" VALUES(83,30,'citations','01m85rjtv52xg7xbec7y84y0cp',NULL,0);
INSERT INTO "changes" VALUES(84,30,'list_rows','01m85rjtv8dar7fqq893q49kxp',NULL,0);
INSERT INTO "changes" VALUES(85,30,'list_rows','01m85rjtv8darb2bzgszxzwmpx',NULL,0);
INSERT INTO "changes" VALUES(86,30,'list_rows','01m85rjtv8darbmzzfgttv8afs',NULL,0);
INSERT INTO "changes" VALUES(87,31,'judgements','01m85rjw16jkyvbtzttzfhzhmq',NULL,0);
INSERT INTO "changes" VALUES(88,32,'citations','01m85rjwmydb7gzfx20mbxc4b6',NULL,0);
INSERT INTO "changes" VALUES(89,32,'citations','01m85rjtv52xfyqscgtkhwd4sd','{"id":"01m85rjtv52xfyqscgtkhwd4sd","ref":"Q-hwd4sd","source":"01m85rjsveyrvb7dxsb9nv45v8","detention":"01m85rjtv4ymxz5g1mbe2b4j83","stance":"supports"}',0);
INSERT INTO "changes" VALUES(90,32,'citations','01m85rjwmydb7gzfx20mbxc4b6','{"id":"01m85rjwmydb7gzfx20mbxc4b6","ref":"Q-bxc4b6","source":"01m85rjsveyrvb7dxsb9nv45v8","detention":"01m85rjtv4ymxz5g1mbe2b4j83","field":"detained_on","value":"2025-12-04","stance":"disputes"}',0);
INSERT INTO "changes" VALUES(91,32,'stays','01m85rjtv52xfmcj9jknagzd5g','{"id":"01m85rjtv52xfmcj9jknagzd5g","ref":"Y-agzd5g","detention":"01m85rjtv4ymxz5g1mbe2b4j83","step":1,"facility":"01m85rjtv4ymydvscmhj2281kh","whereabouts_unknown":0}',0);
INSERT INTO "changes" VALUES(92,32,'stays','01m85rjtv3mbk29022tk8jrc7h','{"id":"01m85rjtv3mbk29022tk8jrc7h","ref":"Y-8jrc7h","detention":"01m85rjtv3mbjqagr2gz7nwmev","step":1,"facility":"01m85e2dr5f3vv8h63pebe6gjt","whereabouts_unknown":0}',0);
INSERT INTO "changes" VALUES(93,32,'detentions','01m85rjtv4ymxz5g1mbe2b4j83','{"id":"01m85rjtv4ymxz5g1mbe2b4j83","ref":"D-2b4j83","detainee":"01m85rjtv4ymxhtgpbx2n8czbm","began":"2025-12-04","began_from":"2025-12-04T00:00","began_to":"2025-12-04T23:59","entered":"2026-11-23","cause":"arrest"}',0);
INSERT INTO "changes" VALUES(94,32,'detainees','01m85rjtv04p2j3mwtdy4vn4w9','{"id":"01m85rjtv04p2j3mwtdy4vn4w9","ref":"P-4vn4w9","name":"Jacinta Robles Peña","name_key":"jacinta robles pena","name_exact":"jacinta robles peña","excluded":0}',0);
INSERT INTO "changes" VALUES(95,32,'names','01m85rjwmzpb024cb4cen56p8k',NULL,0);
INSERT INTO "changes" VALUES(96,32,'list_rows','01m85rjtv8darbmzzfgttv8afs','{"id":"01m85rjtv8darbmzzfgttv8afs","list":"01m85rjtqv9nm27kbc5e50e2h6","row":4,"printed":"Tomás Aquiles Vera","key":"0d1e60a36834ae5596a096abb315e1da","digest":"016888703e7ae15b28fca987ceb0003f","detainee":"01m85rjtv4ymxhtgpbx2n8czbm","state":"taken"}',0);
INSERT INTO "changes" VALUES(97,32,'detainees','01m85rjtv4ymxhtgpbx2n8czbm','{"id":"01m85rjtv4ymxhtgpbx2n8czbm","ref":"P-n8czbm","name":"Tomás Aquiles Vera","name_key":"tomas aquiles vera","name_exact":"tomás aquiles vera","excluded":0,"note":"primo de otro"}',0);
INSERT INTO "changes" VALUES(98,33,'citations','01m85rjwmydb7gzfx20mbxc4b6','{"id":"01m85rjwmydb7gzfx20mbxc4b6","ref":"Q-bxc4b6","source":"01m85rjsveyrvb7dxsb9nv45v8","detention":"01m85rjtv3mbjqagr2gz7nwmev","field":"detained_on","value":"2025-12-04","stance":"disputes"}',0);
INSERT INTO "changes" VALUES(99,33,'names','01m85rjwmzpb024cb4cen56p8k','{"id":"01m85rjwmzpb024cb4cen56p8k","detainee":"01m85rjtv04p2j3mwtdy4vn4w9","name":"Tomás Aquiles Vera","name_key":"tomas aquiles vera","name_exact":"tomás aquiles vera","kind":"printed"}',0);
INSERT INTO "changes" VALUES(100,33,'stays','01m85rjtv52xfmcj9jknagzd5g','{"id":"01m85rjtv52xfmcj9jknagzd5g","ref":"Y-agzd5g","detention":"01m85rjtv3mbjqagr2gz7nwmev","step":1,"facility":"01m85rjtv4ymydvscmhj2281kh","whereabouts_unknown":0}',0);
INSERT INTO "changes" VALUES(101,33,'stays','01m85rjtv3mbk29022tk8jrc7h','{"id":"01m85rjtv3mbk29022tk8jrc7h","ref":"Y-8jrc7h","detention":"01m85rjtv3mbjqagr2gz7nwmev","step":2,"facility":"01m85e2dr5f3vv8h63pebe6gjt","whereabouts_unknown":0}',0);
INSERT INTO "changes" VALUES(102,33,'detainees','01m85rjtv04p2j3mwtdy4vn4w9','{"id":"01m85rjtv04p2j3mwtdy4vn4w9","ref":"P-4vn4w9","name":"Jacinta Robles Peña","name_key":"jacinta robles pena","name_exact":"jacinta robles peña","excluded":0,"note":"primo de otro"}',0);
INSERT INTO "changes" VALUES(103,33,'list_rows','01m85rjtv8darbmzzfgttv8afs','{"id":"01m85rjtv8darbmzzfgttv8afs","list":"01m85rjtqv9nm27kbc5e50e2h6","row":4,"printed":"Tomás Aquiles Vera","key":"0d1e60a36834ae5596a096abb315e1da","digest":"016888703e7ae15b28fca987ceb0003f","detainee":"01m85rjtv04p2j3mwtdy4vn4w9","state":"taken"}',0);
INSERT INTO "changes" VALUES(104,33,'citations','01m85rjtv52xfyqscgtkhwd4sd',NULL,0);
INSERT INTO "changes" VALUES(105,33,'detentions','01m85rjtv4ymxz5g1mbe2b4j83',NULL,0);
INSERT INTO "changes" VALUES(106,33,'detainees','01m85rjtv4ymxhtgpbx2n8czbm',NULL,0);
CREATE TABLE changesets (
        seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('command', 'undo', 'outside', 'migrate', 'merge', 'forget')),
        undoes INTEGER REFERENCES changesets, device TEXT, actor TEXT, at TEXT NOT NULL,
        reason TEXT, salt TEXT, said TEXT, prev TEXT NOT NULL, hash TEXT NOT NULL
    ) STRICT;
INSERT INTO "changesets" VALUES(1,'01m85e2dn8dd8t2wyde9btw1z5','command',NULL,NULL,'tester','2026-11-24T00:07:41.480Z','init','4c8f7199b0354a799e115eaf6b2968a8','a23c9f39a4ef23dccc0c72cac8196ef30cc28370768049d82898507353480552','0000000000000000000000000000000000000000000000000000000000000000','6cbe451ff52dc6074ac95e75cb7e91f794d746ec4e7ed0ca6c78e9f4efbcc9a9');
INSERT INTO "changesets" VALUES(2,'01m85e2dr6e7dfyerj6jvmpn98','command',NULL,'f669d9c2','tester','2026-11-24T00:07:41.574Z','facility add F-be6gjt','a9bca565f6b210bfe5031008180a84bb','2d8787b345639bfa8b0b93a35dc4f427be5f38f293d628ecf81e9b946298baf3','6cbe451ff52dc6074ac95e75cb7e91f794d746ec4e7ed0ca6c78e9f4efbcc9a9','9bc1a32eb1be312ef822eb46670b8dc452714853fd32315cb931ea47e3816be4');
INSERT INTO "changesets" VALUES(3,'01m85e2ds0nztgjkhy7s3dqm5p','command',NULL,'f669d9c2','tester','2026-11-24T00:07:41.600Z','facility add F-hr5sf7','cc5b32d1ebd27514118604d1a2134d8f','32f2eddf319fd8986db7ba454eb89933191c1d4e7d1ccbffb83074157987f003','9bc1a32eb1be312ef822eb46670b8dc452714853fd32315cb931ea47e3816be4','e7113f3600a4f31f96e281cf3d53b82fc09c79bfaf85705ed42da4a6e3bdfc60');
INSERT INTO "changesets" VALUES(4,'01m85e2dtd14x5dre1z3jwzccw','command',NULL,'f669d9c2','tester','2026-11-24T00:07:41.645Z','claimant add C-0xhj4y','c2ebb0a15645ee5038676080cc5ae8ef','f76e694031bfe74e9613dd0e8c8a2c9339de25cf0544cc9477d80553085fb86d','e7113f3600a4f31f96e281cf3d53b82fc09c79bfaf85705ed42da4a6e3bdfc60','b81bc174d83b7cb8b93feb5de945d8427391069cb9e7f5f0d508f5b1a9bcf848');
INSERT INTO "changesets" VALUES(5,'01m85e2dv832b95a723qxrpxps','command',NULL,'f669d9c2','tester','2026-11-24T00:07:41.672Z','claimant add C-3yqbdg','ea191bb1b217c24a4809ae81c4f46612','d9a8a7bc26f79565c39d062ad8990234a2ceceb2f2acc3d3c50eb72070aff1fa','b81bc174d83b7cb8b93feb5de945d8427391069cb9e7f5f0d508f5b1a9bcf848','d275ccf8a342eb2dfe44feca2c45aeef8ce2044b9d9932a33503abeabf65e4bc');
INSERT INTO "changesets" VALUES(6,'01m85e2dwgrqd1pf7prk2ex313','command',NULL,'f669d9c2','tester','2026-11-24T00:07:41.712Z','source add S-q9sd4e','cbc1c3b5e47fb5852664ef10185bdda9','b79fad0c12efa7f1d3207b77d620c20fe671c57f980a4335df71986fba100c61','d275ccf8a342eb2dfe44feca2c45aeef8ce2044b9d9932a33503abeabf65e4bc','3b89778dc2da9923752962c725a58e4a014eb7603342db4b524eb571ca55bf99');
INSERT INTO "changesets" VALUES(7,'01m85e2dwrgezsadyt8jmke7nw','command',NULL,'f669d9c2','tester','2026-11-24T00:07:41.720Z','source add S-hqjyke','eacde41d41676a7d6c0e00232de4d79d','19f617e652ecb7be2b4a43c3ffdfc42136abc21e9fb345488743bf4958d42718','3b89778dc2da9923752962c725a58e4a014eb7603342db4b524eb571ca55bf99','67d8f2aac9b7bf881e13929d278073910c62b42a2a30632f23db7152bc919ef6');
INSERT INTO "changesets" VALUES(8,'01m85e2dxzep71wqcv9x0gysvh','command',NULL,'f669d9c2','tester','2026-11-24T00:07:41.759Z','detainee add P-jrfz24','6553db9462f5981a9e3dc332cfeab655','7279e60bfb5f188238ccef45085ddaa6a25a285d1eb1d84943eda595a717fbe1','67d8f2aac9b7bf881e13929d278073910c62b42a2a30632f23db7152bc919ef6','61b3f65f0fba6ab58080af693f3062da01fd154980cb2c0435952a44471da5a0');
INSERT INTO "changesets" VALUES(9,'01m85e2e0eawxef5wyjkk014br','command',NULL,'f669d9c2','tester','2026-11-24T00:07:41.838Z','detention add P-jrfz24','79b1ca603c2ddb7486c908013a1174bc','eee35690bb364275ac06659aef2dfce37d1067bca61a877fef4d096299d9eef1','61b3f65f0fba6ab58080af693f3062da01fd154980cb2c0435952a44471da5a0','8b2717234989c658c568ca972609dbc27acd831248b56d99b41b7a79538c51ac');
INSERT INTO "changesets" VALUES(10,'01m85e2e1bzej62y0j9vk1e4xt','command',NULL,'f669d9c2','tester','2026-11-24T00:07:41.867Z','detainee add P-rs0nvm','e32152b723ccf6986768074d4607c654','80153271c74c2588550a6d603b6705f0e8d5453c41b0688c7a8932186d3465e6','8b2717234989c658c568ca972609dbc27acd831248b56d99b41b7a79538c51ac','f11eb5af8f124dfa071972bde8ffddbc7d90b9a0d9316dbdd55e5328661145db');
INSERT INTO "changesets" VALUES(11,'01m85e2e2p6gc2gqbhc3k48js7','command',NULL,'f669d9c2','tester','2026-11-24T00:07:41.910Z','detention add P-rs0nvm','13f1d4e9032ffff42f0385b78819693f','c135d80f23de95e343651ec1f14754775c7698eb02d255170bbcf3945b31b924','f11eb5af8f124dfa071972bde8ffddbc7d90b9a0d9316dbdd55e5328661145db','07242973dcff7a7983aac7f423a560b3f83164f6cf3c3086db7d909dd0681c21');
INSERT INTO "changesets" VALUES(12,'01m85e2e3p2x4fh7sqtzr54kpg','command',NULL,'f669d9c2','tester','2026-11-24T00:07:41.942Z','detention transfer D-yvvf8h','5654d293c20f2dc1b455f8e90c2b20b4','1d8b7d0a10160e352e60ddb5a8c65ef9f7c9e313eb1d188409749a8024daa917','07242973dcff7a7983aac7f423a560b3f83164f6cf3c3086db7d909dd0681c21','9b1ee1cd74bb0a0e411e989d4fcabe2ff8edf185e42e88d789cf6e57ae00ee80');
INSERT INTO "changesets" VALUES(13,'01m85e2e4asbg6p8kfsrfp9jhv','command',NULL,'f669d9c2','tester','2026-11-24T00:07:41.962Z','detainee add P-j4rrn1','d80fc81c2abda31b82a94e12a8a88ebc','cc5412ae4ca22c71f19e9b0b57719fda1d517e851d2595d424654eee77908910','9b1ee1cd74bb0a0e411e989d4fcabe2ff8edf185e42e88d789cf6e57ae00ee80','dbc750db94e4a20fbe670c7a06ca7e2222547a472eda503b3cd071338741a686');
INSERT INTO "changesets" VALUES(14,'01m85e2e4th9fvz6m4t7pfvjcb','command',NULL,'f669d9c2','tester','2026-11-24T00:07:41.978Z','detainee add P-1xw6fz','ba3d958db1f8e11741369da39ce3e505','78b8a8e01dbc8809d1f33e6f5c8842fb281b2cf2eed4aa2ff33c7a321cb721d7','dbc750db94e4a20fbe670c7a06ca7e2222547a472eda503b3cd071338741a686','a5396e11b2bf672ec1d065a679a0465266b7881c6ba22c9f0d123c33920975dc');
INSERT INTO "changesets" VALUES(15,'01m85e2e5d3xwvkw8kv7emz11d','command',NULL,'f669d9c2','tester','2026-11-24T00:07:41.997Z','detainee add P-mfsjng','a6be2a9cf34b159d23c2640c58e934dd','a90395be8aa062059879100c5a474bca928d17daab1f8ef8c01b3d6ba9743dca','a5396e11b2bf672ec1d065a679a0465266b7881c6ba22c9f0d123c33920975dc','3549114d6070d32994fa4d5951e43beb47ef845a38b51b342cf570b4cbcd68c8');
INSERT INTO "changesets" VALUES(16,'01m85e2e6f93htp1em5z9kgj9v','command',NULL,'f669d9c2','tester','2026-11-24T00:07:42.031Z','release add P-jrfz24 P-rs0nvm','da2b4f60b81df1b98c0974d2c8594cdb','2c8b7974f8bd552d8acf7868c2482aef2566cc6853915a179d1df402703c78b7','3549114d6070d32994fa4d5951e43beb47ef845a38b51b342cf570b4cbcd68c8','f4f2955e16f979cfe64c4f6ae7f5dea88e6c69ee13304e744cbcfc88c39ff03a');
INSERT INTO "changesets" VALUES(17,'01m85e2e70mrwn323rszqeavsq','command',NULL,'f669d9c2','tester','2026-11-24T00:07:42.049Z','release add P-1xw6fz','82657421372d03fc6399d2aa9bb8d8d3','faaf981f97b7063d7444794d9f618033431fe80d9e82db080cf477ba65ab91ac','f4f2955e16f979cfe64c4f6ae7f5dea88e6c69ee13304e744cbcfc88c39ff03a','86828791c2b8a09b79dc0f441ef3c72e03c31a6e805ce4045b41188b403c6859');
INSERT INTO "changesets" VALUES(18,'01m85e2e81326c4qkdy61t6tdb','command',NULL,'f669d9c2','tester','2026-11-24T00:07:42.081Z','cite R-q9rg8e','221c791dc20a7aa28f243bf3d9ed42dc','9fd4ee3c10606eda5cd7ef6dc99011b7a4acb2c16aa0821042d50b6120ffa0f1','86828791c2b8a09b79dc0f441ef3c72e03c31a6e805ce4045b41188b403c6859','0d76bc69e4857a0f1ff554122dd4c91865039f846e2fb72cf43a4d51ea5eb25a');
INSERT INTO "changesets" VALUES(19,'01m85e2e8xemb1ypkekg5zmtym','command',NULL,'f669d9c2','tester','2026-11-24T00:07:42.109Z','release edit R-q9rg8e','2331dc72d267f2242380871c88e6c00e','12326a84a8a60e0df478096df1dc0bf527632232e637c6ab86f58305e1768eba','0d76bc69e4857a0f1ff554122dd4c91865039f846e2fb72cf43a4d51ea5eb25a','c517639dbef822481f4c93a7ff296b9861e66cbaabd221c9ea150b2a3309543b');
INSERT INTO "changesets" VALUES(20,'01m85e2e9n5pzma6jwewsj8g2t','command',NULL,'f669d9c2','tester','2026-11-24T00:07:42.133Z','release retract R-1g0ryq','b21370076ba739767d0a1f078a4e130a','1e5b8de8f146da3b30d161e18bf7edae6692119d14f84a7d2999446987efbb7d','c517639dbef822481f4c93a7ff296b9861e66cbaabd221c9ea150b2a3309543b','c74a6b3fac971a1a8d25578ccdc7477d57184a45defea7694289080884badf97');
INSERT INTO "changesets" VALUES(21,'01m85e2eaed084byjzc5c652w5','command',NULL,'f669d9c2','tester','2026-11-24T00:07:42.158Z','retake P-jrfz24','1e2f287484a90f55bb792d686fd5f4c4','bb39248f9637fd05f6a6ef5bd7a2e63f5d407553b5e5bbe5daec15ae554323b0','c74a6b3fac971a1a8d25578ccdc7477d57184a45defea7694289080884badf97','1ba6fced378af6fe49fc9ae46169af794cb1991b689b5c5beaea7b70b7031081');
INSERT INTO "changesets" VALUES(22,'01m85e2eb3zsfeykq8sfattfsg','undo',21,'f669d9c2','tester','2026-11-24T00:07:42.179Z','undo 21','623c04f0f3793ba5178271f7d2abbfad','000320b95256b7747a1d6895c2537f6c3437a9f70695de5073c48b77c4f0b738','1ba6fced378af6fe49fc9ae46169af794cb1991b689b5c5beaea7b70b7031081','f9f2e4e12decc1043df638cd15435b01743bec07f5f04f32a0a1490e587dd2fe');
INSERT INTO "changesets" VALUES(23,'01m85e2ec0wq07wbc84w3fzcvc','command',NULL,'f669d9c2','tester','2026-11-24T00:07:42.208Z','claim add K-w3th4a','7ecad76e4faa4549f395d622270d6d0c','d4c0e2fa05a98548a6a9b668d37da5d0a634edc94b379f7c3042948c4593132c','f9f2e4e12decc1043df638cd15435b01743bec07f5f04f32a0a1490e587dd2fe','3c6849089cf911981a0f74734afc749da815afc723774e6a645fa14d6241857b');
INSERT INTO "changesets" VALUES(24,'01m85e2ecf6kp61xwageh6spm8','command',NULL,'f669d9c2','tester','2026-11-24T00:07:42.223Z','detainee add P-k1f67q','5d4d1f436fa5eb19ac8b98ad03d11f73','321683fc2ea2a153be3ceb0812ffbb51355e3bcb2dfa32d83160764e8c94ff53','3c6849089cf911981a0f74734afc749da815afc723774e6a645fa14d6241857b','97481cc365d14431b520d00ecfab0ee03155f2c911918e5a988e456e666999ec');
INSERT INTO "changesets" VALUES(25,'01m85e2eeedr53xmxy0gwnsxx1','command',NULL,'f669d9c2','tester','2026-11-24T00:07:42.286Z','detainee delete P-k1f67q','2ce80e643c7a5ac57f861e3a6a2a19c4','800037bc86b44f5dd839190b51bde600c9b9669bafe849fe42719f044c0c1bd1','97481cc365d14431b520d00ecfab0ee03155f2c911918e5a988e456e666999ec','d4590dd00735eea324bc9bcedbf097a152cadf26e9dc9f4f304109db77e210d5');
INSERT INTO "changesets" VALUES(26,'01m85e2ef6jrxjsaqmhv00d30r','outside',NULL,'f669d9c2',NULL,'2026-11-24T00:07:42.310Z',NULL,NULL,NULL,'d4590dd00735eea324bc9bcedbf097a152cadf26e9dc9f4f304109db77e210d5','a31b61ca9e16a8a50b3675207847188b49b4b7fccdacd3b4d5855d35224bb70c');
INSERT INTO "changesets" VALUES(27,'01m85e2ef7dpwb4b84gtrd1sbw','command',NULL,'f669d9c2','tester','2026-11-24T00:07:42.311Z','detainee edit P-rs0nvm','48bac3a15f3ae8b9405d286f6f405b56','492d34f5afc30693fc5a2062850914fd78205a2eb928f8e9e62d8ac24cf17c0a','a31b61ca9e16a8a50b3675207847188b49b4b7fccdacd3b4d5855d35224bb70c','675a95d8e72e1ef26c99974df3409015f6119099ffa2548bc9c0ce07c9798a8d');
INSERT INTO "changesets" VALUES(28,'01m85rjsafrf0p5k44bhs6m0yk','migrate',NULL,'f669d9c2',NULL,'2026-11-24T03:11:23.471Z','m002_lists_taken_in','c710f30ef75d86ea704dc3ea38f26edc','ccd85ad232bf6ca46276d8ff71a5c823d978ff91917c814bee1e2098e0871d4b','675a95d8e72e1ef26c99974df3409015f6119099ffa2548bc9c0ce07c9798a8d','0ff6b1689d17b41fc84cde5d2af833a47c45f5856fa33f612bd19c924c7234cd');
INSERT INTO "changesets" VALUES(29,'01m85rjsvqdkm9k7na7atz0s8z','command',NULL,'f669d9c2','maria','2026-11-24T03:11:24.023Z','source add S-nv45v8','d8517fa033b3c9691fea7d39c6d6f8d3','cf9c2a18eb1d54d44c7b15f80b291a26791b8ae4c02f0a473519b3d3a316e891','0ff6b1689d17b41fc84cde5d2af833a47c45f5856fa33f612bd19c924c7234cd','3a52fafab3800c2efe1d5a2e9570314be87a3bfba5fbfc4cfd0e8f5908947999');
INSERT INTO "changesets" VALUES(30,'01m85rjtvc9jxwx46fct5j3gf1','command',NULL,'f669d9c2','maria','2026-11-24T03:11:25.036Z','import L-50e2h6','1cf53898e86f3d769815203426378840','af8910ce410bb427e2c2f649b58bd3f0ae6e7be9ea148bf253968a32dea591cc','3a52fafab3800c2efe1d5a2e9570314be87a3bfba5fbfc4cfd0e8f5908947999','1de1d3ced362e6ea2e8650f91b349f1b59967c80fe09ca3277a6a635a1b134d0');
INSERT INTO "changesets" VALUES(31,'01m85rjw17ey712jfaem8dvmpk','command',NULL,'f669d9c2','maria','2026-11-24T03:11:26.247Z','detainee judge P-1xw6fz P-mfsjng different','8423e12032b509ac15107107f0cf99b1','c0ae02bcc2e11dee7748a4cc1c88987982453ad3e87b5c93566225415628f9c2','1de1d3ced362e6ea2e8650f91b349f1b59967c80fe09ca3277a6a635a1b134d0','3b56d4f201d501f457e03b13f28dcad7d890313c595fdfdcffebdec81a19caf5');
INSERT INTO "changesets" VALUES(32,'01m85rjwn6nk3r7nrnyqpws850','merge',NULL,'f669d9c2','maria','2026-11-24T03:11:26.886Z','detainee merge P-4vn4w9 P-n8czbm','813dc087a73f65d083a3288a3fb65486','831754ccf6ea17c6e83e7a1c1a7026b11e8eacc14135d9ab460a57e0def78740','3b56d4f201d501f457e03b13f28dcad7d890313c595fdfdcffebdec81a19caf5','1253586241e059d495a22671d67b0e417238cf4763b7eae51770fa4d9435c15a');
INSERT INTO "changesets" VALUES(33,'01m85rjxarqg0eccf8r4eh587z','command',32,'f669d9c2','maria','2026-11-24T03:11:27.576Z','detainee split P-4vn4w9 P-n8czbm','02a4f51eb1691fb8ee035d1cbd1c3d74','02cca1de98dcbfe8928dd684978e09f14e5584b951c5c3e08bd7ba3ae1a3460e','1253586241e059d495a22671d67b0e417238cf4763b7eae51770fa4d9435c15a','9aa320afeb9ebf5889089768781d332269344aae9443b28aac4452da8214036b');
CREATE TABLE citations (
        id TEXT PRIMARY KEY, ref TEXT UNIQUE, source TEXT NOT NULL REFERENCES sources,
        claimant TEXT REFERENCES claimants, detainee TEXT REFERENCES detainees,
        nationality TEXT REFERENCES nationalities, detention TEXT REFERENCES detentions,
        stay TEXT REFERENCES stays, release TEXT REFERENCES releases, claim TEXT REFERENCES claims,
        field TEXT, value TEXT,
        stance TEXT NOT NULL DEFAULT 'supports' CHECK (stance IN ('supports', 'disputes')), locator TEXT,
        CHECK ((detainee IS NOT NULL) + (nationality IS NOT NULL) + (detention IS NOT NULL) + (stay IS NOT NULL)
             + (release IS NOT NULL) + (claim IS NOT NULL) = 1)
    ) STRICT;
INSERT INTO "citations" VALUES('01m85e2dxxftffjcq11h5ns1kf','Q-5ns1kf','01m85e2dwfv68fb6k6nkq9sd4e','01m85e2dt8em9gx044rb0xhj4y','01m85e2dxxftf4x5cg2cjrfz24',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'supports',NULL);
INSERT INTO "citations" VALUES('01m85e2dxxftg2kaj0fm0q821d','Q-0q821d','01m85e2dwfv68fb6k6nkq9sd4e','01m85e2dt8em9gx044rb0xhj4y',NULL,'01m85e2dxxftfw531ntdd5j6zt',NULL,NULL,NULL,NULL,NULL,NULL,'supports',NULL);
INSERT INTO "citations" VALUES('01m85e2dxyscv1y4m16a5nzp2f','Q-5nzp2f','01m85e2dwfv68fb6k6nkq9sd4e','01m85e2dt8em9gx044rb0xhj4y',NULL,'01m85e2dxysctrxyhpqh7qpggk',NULL,NULL,NULL,NULL,NULL,NULL,'supports',NULL);
INSERT INTO "citations" VALUES('01m85e2dzj7qdb45jk4yz4h885','Q-z4h885','01m85e2dwfv68fb6k6nkq9sd4e','01m85e2dt8em9gx044rb0xhj4y',NULL,NULL,'01m85e2dzha60975v8m7nk2e7b',NULL,NULL,NULL,NULL,NULL,'supports',NULL);
INSERT INTO "citations" VALUES('01m85e2dzj7qdpyg71vvyw4aeq','Q-yw4aeq','01m85e2dwfv68fb6k6nkq9sd4e','01m85e2dt8em9gx044rb0xhj4y',NULL,NULL,NULL,'01m85e2dzj7qdmef6h884hxvtx',NULL,NULL,NULL,NULL,'supports',NULL);
INSERT INTO "citations" VALUES('01m85e2e3e9npc4990j25bmb8v','Q-5bmb8v','01m85e2dwfv68fb6k6nkq9sd4e','01m85e2dt8em9gx044rb0xhj4y',NULL,NULL,NULL,'01m85e2e3dey71dzx6gc43npwm',NULL,NULL,NULL,NULL,'supports',NULL);
INSERT INTO "citations" VALUES('01m85e2e480nnqeq7ag0dz1bkp','Q-dz1bkp','01m85e2dwfv68fb6k6nkq9sd4e','01m85e2dt8em9gx044rb0xhj4y','01m85e2e47vk2fk52ve9j4rrn1',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'supports',NULL);
INSERT INTO "citations" VALUES('01m85e2e480npbmsp2y8y6gse4','Q-y6gse4','01m85e2dwfv68fb6k6nkq9sd4e','01m85e2dt8em9gx044rb0xhj4y',NULL,'01m85e2e480np2my2mxa65e86y',NULL,NULL,NULL,NULL,NULL,NULL,'supports',NULL);
INSERT INTO "citations" VALUES('01m85e2e49e0xs6j4gpjncpt3j','Q-ncpt3j','01m85e2dwfv68fb6k6nkq9sd4e','01m85e2dt8em9gx044rb0xhj4y',NULL,NULL,'01m85e2e49e0xj18301y4xzccy',NULL,NULL,NULL,NULL,NULL,'supports',NULL);
INSERT INTO "citations" VALUES('01m85e2e5aytv7yv7bkzkmgz3e','Q-kmgz3e','01m85e2dwfv68fb6k6nkq9sd4e','01m85e2dt8em9gx044rb0xhj4y','01m85e2e5ayttwvj1krhmfsjng',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'supports',NULL);
INSERT INTO "citations" VALUES('01m85e2e5bw70w55dms384xaf1','Q-84xaf1','01m85e2dwfv68fb6k6nkq9sd4e','01m85e2dt8em9gx044rb0xhj4y',NULL,NULL,'01m85e2e5bw70r1xzjv0vaxc1q',NULL,NULL,NULL,NULL,NULL,'supports',NULL);
INSERT INTO "citations" VALUES('01m85e2e6d309nx764fvc4xfe5','Q-c4xfe5','01m85e2dwfv68fb6k6nkq9sd4e','01m85e2dt8em9gx044rb0xhj4y',NULL,NULL,NULL,NULL,'01m85e2e6d309fm5h7cdkrnpyp',NULL,NULL,NULL,'supports',NULL);
INSERT INTO "citations" VALUES('01m85e2e6ex9kajs9xq7hw90kr','Q-hw90kr','01m85e2dwfv68fb6k6nkq9sd4e','01m85e2dt8em9gx044rb0xhj4y',NULL,NULL,NULL,NULL,'01m85e2e6ex9k7mg6h1bq9rg8e',NULL,NULL,NULL,'supports',NULL);
INSERT INTO "citations" VALUES('01m85e2e6st8rt0ytb52m0fgsh','Q-m0fgsh','01m85e2dwfv68fb6k6nkq9sd4e','01m85e2dv7qrvzmtvt1q3yqbdg',NULL,NULL,NULL,NULL,'01m85e2e6st8rcx0svs41g0ryq',NULL,NULL,NULL,'supports',NULL);
INSERT INTO "citations" VALUES('01m85e2e80j3y82r73d2p3x4an','Q-p3x4an','01m85e2dwrgezp2w883yhqjyke',NULL,NULL,NULL,NULL,NULL,'01m85e2e6ex9k7mg6h1bq9rg8e',NULL,'released_on','2026-01-13','supports',NULL);
INSERT INTO "citations" VALUES('01m85e2ebze0vw10axb4zdtkdb','Q-zdtkdb','01m85e2dwfv68fb6k6nkq9sd4e',NULL,NULL,NULL,NULL,NULL,NULL,'01m85e2ebze0vny863x1w3th4a',NULL,NULL,'supports',NULL);
INSERT INTO "citations" VALUES('01m85rjttzgk4hj81fkn7wxpp8','Q-7wxpp8','01m85rjsveyrvb7dxsb9nv45v8',NULL,NULL,NULL,'01m85e2e4svwgd466v08sjrmrc',NULL,NULL,NULL,'detained_on','2025-11-02','supports',NULL);
INSERT INTO "citations" VALUES('01m85rjtv04p2g2dm5gn5dtf02','Q-5dtf02','01m85rjsveyrvb7dxsb9nv45v8',NULL,NULL,NULL,NULL,'01m85rjttzgk4nn851v0qbmn0g',NULL,NULL,NULL,NULL,'supports',NULL);
INSERT INTO "citations" VALUES('01m85rjtv4ymwxhep0apsprbnh','Q-sprbnh','01m85rjsveyrvb7dxsb9nv45v8',NULL,NULL,NULL,'01m85rjtv3mbjqagr2gz7nwmev',NULL,NULL,NULL,NULL,NULL,'supports',NULL);
INSERT INTO "citations" VALUES('01m85rjtv4ymx340jvqb180nbw','Q-180nbw','01m85rjsveyrvb7dxsb9nv45v8',NULL,NULL,NULL,NULL,'01m85rjtv3mbk29022tk8jrc7h',NULL,NULL,NULL,NULL,'supports',NULL);
INSERT INTO "citations" VALUES('01m85rjtv52xg7xbec7y84y0cp','Q-84y0cp','01m85rjsveyrvb7dxsb9nv45v8',NULL,NULL,NULL,NULL,'01m85rjtv52xfmcj9jknagzd5g',NULL,NULL,NULL,NULL,'supports',NULL);
INSERT INTO "citations" VALUES('01m85rjtv52xfyqscgtkhwd4sd','Q-hwd4sd','01m85rjsveyrvb7dxsb9nv45v8',NULL,NULL,NULL,'01m85rjtv4ymxz5g1mbe2b4j83',NULL,NULL,NULL,NULL,NULL,'supports',NULL);
CREATE TABLE claimant_names (
        id TEXT PRIMARY KEY, claimant TEXT NOT NULL REFERENCES claimants, name TEXT NOT NULL, name_key TEXT,
        name_exact TEXT
    ) STRICT;
INSERT INTO "claimant_names" VALUES('01m85e2dt8em9m73rrtqj7vfbh','01m85e2dt8em9gx044rb0xhj4y','O1','o1','o1');
CREATE TABLE claimants (
        id TEXT PRIMARY KEY, ref TEXT UNIQUE, name TEXT NOT NULL, name_key TEXT, name_exact TEXT,
        kind TEXT NOT NULL CHECK (kind IN ('detaining_state', 'foreign_state', 'court', 'monitor',
            'intergovernmental', 'media', 'union', 'family', 'lawyer', 'witness', 'detainee',
            'party', 'ourselves', 'other')),
        default_status TEXT NOT NULL CHECK (default_status IN ('announced', 'reported', 'verified')),
        house_arrest TEXT NOT NULL DEFAULT 'unknown' CHECK (house_arrest IN ('held', 'out', 'unknown')),
        country TEXT, note TEXT
    ) STRICT;
INSERT INTO "claimants" VALUES('01m85e2dt8em9gx044rb0xhj4y','C-0xhj4y','Observatorio Uno','observatorio uno','observatorio uno','monitor','verified','unknown',NULL,NULL);
INSERT INTO "claimants" VALUES('01m85e2dv7qrvzmtvt1q3yqbdg','C-3yqbdg','Ministerio','ministerio','ministerio','detaining_state','announced','unknown',NULL,NULL);
CREATE TABLE claims (
        id TEXT PRIMARY KEY, ref TEXT UNIQUE, claimant TEXT NOT NULL REFERENCES claimants,
        measure TEXT NOT NULL CHECK (measure IN ('released', 'held', 'detained', 'died', 'announced',
            'restrictions_ended')),
        min INTEGER CHECK (min >= 0), max INTEGER CHECK (max >= 0),
        qualifier TEXT CHECK (qualifier IN ('at least', 'around', 'at most')),
        out_of INTEGER CHECK (out_of >= 0),
        as_of TEXT, as_of_from TEXT, as_of_to TEXT, since TEXT, since_from TEXT, since_to TEXT,
        scope TEXT NOT NULL DEFAULT '{}', note TEXT
    ) STRICT;
INSERT INTO "claims" VALUES('01m85e2ebze0vny863x1w3th4a','K-w3th4a','01m85e2dv7qrvzmtvt1q3yqbdg','released',406,406,NULL,NULL,'2026-01-14','2026-01-14T00:00','2026-01-14T23:59','2026-01-08','2026-01-08T00:00','2026-01-08T23:59','{}',NULL);
CREATE TABLE detainees (
        id TEXT PRIMARY KEY, ref TEXT UNIQUE, name TEXT, name_key TEXT, name_exact TEXT, description TEXT,
        sex TEXT CHECK (sex IN ('female', 'male', 'other')),
        born TEXT, born_from TEXT, born_to TEXT,
        age INTEGER CHECK (age BETWEEN 0 AND 130), age_on TEXT, age_on_from TEXT, age_on_to TEXT,
        service TEXT CHECK (service IN ('civilian', 'military', 'police', 'unknown')),
        occupation TEXT,
        publish TEXT CHECK (publish IN ('named', 'anonymous', 'withheld')),
        died TEXT, died_from TEXT, died_to TEXT,
        died_place TEXT, died_cause TEXT,
        excluded INTEGER NOT NULL DEFAULT 0 CHECK (excluded IN (0, 1)), excluded_reason TEXT,
        note TEXT,
        CHECK (name IS NOT NULL OR description IS NOT NULL)
    ) STRICT;
INSERT INTO "detainees" VALUES('01m85e2dxxftf4x5cg2cjrfz24','P-jrfz24','Ana Ñáñez d''Arco','ana nanez d arco','ana ñáñez d''arco',NULL,'female',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'named',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL);
INSERT INTO "detainees" VALUES('01m85e2e1aqs1rmnnxn9rs0nvm','P-rs0nvm','Luis Vega','luis vega','luis vega',NULL,'male',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'military','panadero y poeta',NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'Una nota; con "comillas" y ''apóstrofos''.
Y otra línea.');
INSERT INTO "detainees" VALUES('01m85e2e47vk2fk52ve9j4rrn1','P-j4rrn1','علي رضا','ly rd','علي رضا',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL);
INSERT INTO "detainees" VALUES('01m85e2e4rgv20dvnfz61xw6fz','P-1xw6fz','Eva Paz','eva paz','eva paz',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'anonymous',NULL,NULL,NULL,NULL,NULL,0,NULL,'vista en la lista');
INSERT INTO "detainees" VALUES('01m85e2e5ayttwvj1krhmfsjng','P-mfsjng','Eva Paz Soto','eva paz soto','eva paz soto',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL);
INSERT INTO "detainees" VALUES('01m85rjtv04p2j3mwtdy4vn4w9','P-4vn4w9','Jacinta Robles Peña','jacinta robles pena','jacinta robles peña',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL);
INSERT INTO "detainees" VALUES('01m85rjtv4ymxhtgpbx2n8czbm','P-n8czbm','Tomás Aquiles Vera','tomas aquiles vera','tomás aquiles vera',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'primo de otro');
CREATE TABLE detentions (
        id TEXT PRIMARY KEY, ref TEXT UNIQUE, detainee TEXT NOT NULL REFERENCES detainees,
        began TEXT, began_from TEXT, began_to TEXT, entered TEXT NOT NULL,
        place TEXT, authority TEXT,
        cause TEXT NOT NULL DEFAULT 'arrest' CHECK (cause IN ('arrest', 'revocation', 'new_case')),
        charges TEXT,
        stage TEXT CHECK (stage IN ('not_charged', 'charged', 'awaiting_trial', 'on_trial', 'sentenced',
            'appeal', 'unknown')),
        sentence TEXT, sentence_ends TEXT, sentence_ends_from TEXT, sentence_ends_to TEXT,
        grounds TEXT, grounds_by TEXT,
        publish TEXT CHECK (publish IN ('named', 'anonymous', 'withheld')), note TEXT
    ) STRICT;
INSERT INTO "detentions" VALUES('01m85e2dzha60975v8m7nk2e7b','D-nk2e7b','01m85e2dxxftf4x5cg2cjrfz24','2025-03-02','2025-03-02T00:00','2025-03-02T23:59','2026-11-23',NULL,NULL,'arrest',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "detentions" VALUES('01m85e2e276t21sqyp7dyvvf8h','D-yvvf8h','01m85e2e1aqs1rmnnxn9rs0nvm','2024-02','2024-02-01T00:00','2024-02-29T23:59','2026-11-23',NULL,NULL,'arrest',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "detentions" VALUES('01m85e2e49e0xj18301y4xzccy','D-4xzccy','01m85e2e47vk2fk52ve9j4rrn1','2025-05-21..2025-05-23','2025-05-21T00:00','2025-05-23T23:59','2026-11-23',NULL,NULL,'arrest',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "detentions" VALUES('01m85e2e4svwgd466v08sjrmrc','D-sjrmrc','01m85e2e4rgv20dvnfz61xw6fz','2025-11','2025-11-01T00:00','2025-11-30T23:59','2026-11-23',NULL,NULL,'arrest',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "detentions" VALUES('01m85e2e5bw70r1xzjv0vaxc1q','D-vaxc1q','01m85e2e5ayttwvj1krhmfsjng','2025-11-10','2025-11-10T00:00','2025-11-10T23:59','2026-11-23',NULL,NULL,'arrest',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "detentions" VALUES('01m85rjtv3mbjqagr2gz7nwmev','D-7nwmev','01m85rjtv04p2j3mwtdy4vn4w9','2025-12-03','2025-12-03T00:00','2025-12-03T23:59','2026-11-23',NULL,NULL,'arrest',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "detentions" VALUES('01m85rjtv4ymxz5g1mbe2b4j83','D-2b4j83','01m85rjtv4ymxhtgpbx2n8czbm','2025-12-04','2025-12-04T00:00','2025-12-04T23:59','2026-11-23',NULL,NULL,'arrest',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE evidence (
        id TEXT PRIMARY KEY, source TEXT NOT NULL REFERENCES sources, file_name TEXT NOT NULL, sha256 TEXT NOT NULL,
        size INTEGER NOT NULL, media_type TEXT, captured_at TEXT
    ) STRICT;
CREATE TABLE facilities (
        id TEXT PRIMARY KEY, ref TEXT UNIQUE, name TEXT NOT NULL, name_key TEXT, name_exact TEXT,
        kind TEXT CHECK (kind IN ('prison', 'police', 'military', 'intelligence', 'hospital', 'other')),
        state TEXT, country TEXT, note TEXT
    ) STRICT;
INSERT INTO "facilities" VALUES('01m85e2dr5f3vv8h63pebe6gjt','F-be6gjt','El Rodeo I','el rodeo i','el rodeo i',NULL,'Miranda',NULL,NULL);
INSERT INTO "facilities" VALUES('01m85e2drzwcfpssex9thr5sf7','F-hr5sf7','Penal Norte','penal norte','penal norte',NULL,'Lara',NULL,NULL);
INSERT INTO "facilities" VALUES('01m85rjtv4ymydvscmhj2281kh','F-2281kh','El Helicón','el helicon','el helicón',NULL,NULL,NULL,NULL);
CREATE TABLE facility_names (
        id TEXT PRIMARY KEY, facility TEXT NOT NULL REFERENCES facilities, name TEXT NOT NULL, name_key TEXT,
        name_exact TEXT
    ) STRICT;
INSERT INTO "facility_names" VALUES('01m85e2dr5f3vvct174zmg12bk','01m85e2dr5f3vv8h63pebe6gjt','Rodeo Uno','rodeo uno','rodeo uno');
CREATE TABLE identifiers (
        id TEXT PRIMARY KEY, detainee TEXT NOT NULL REFERENCES detainees, scheme TEXT NOT NULL, value TEXT NOT NULL,
        UNIQUE (detainee, scheme, value)
    ) STRICT;
CREATE TABLE judgements (
        id TEXT PRIMARY KEY, one TEXT NOT NULL REFERENCES detainees, other TEXT NOT NULL REFERENCES detainees,
        verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'unsure')), who TEXT, at TEXT, why TEXT,
        UNIQUE (one, other)
    ) STRICT;
INSERT INTO "judgements" VALUES('01m85rjw16jkyvbtzttzfhzhmq','01m85e2e4rgv20dvnfz61xw6fz','01m85e2e5ayttwvj1krhmfsjng','different','maria','2026-11-23T23:11','dos primas');
CREATE TABLE list_rows (
        id TEXT PRIMARY KEY, list TEXT NOT NULL REFERENCES lists, row INTEGER NOT NULL, printed TEXT,
        key TEXT NOT NULL, digest TEXT NOT NULL, detainee TEXT REFERENCES detainees,
        state TEXT NOT NULL CHECK (state IN ('taken', 'open', 'skipped')), cells TEXT, asked TEXT
    ) STRICT;
INSERT INTO "list_rows" VALUES('01m85rjtv8dar7fqq893q49kxp','01m85rjtqv9nm27kbc5e50e2h6',2,'Eva Paz','7f8bd864c8bf548af8233701bdce52c9','e5c42074bf856f9076a62b335017af6a','01m85e2e4rgv20dvnfz61xw6fz','taken',NULL,NULL);
INSERT INTO "list_rows" VALUES('01m85rjtv8darb2bzgszxzwmpx','01m85rjtqv9nm27kbc5e50e2h6',3,'Jacinta Robles Peña','fb4c7cc199f9ff99556091bc3f4f5635','51778ec2e3e502e51b006adbb6dc7233','01m85rjtv04p2j3mwtdy4vn4w9','taken',NULL,NULL);
INSERT INTO "list_rows" VALUES('01m85rjtv8darbmzzfgttv8afs','01m85rjtqv9nm27kbc5e50e2h6',4,'Tomás Aquiles Vera','0d1e60a36834ae5596a096abb315e1da','016888703e7ae15b28fca987ceb0003f','01m85rjtv4ymxhtgpbx2n8czbm','taken',NULL,NULL);
CREATE TABLE lists (
        id TEXT PRIMARY KEY, ref TEXT UNIQUE, name TEXT NOT NULL, source TEXT REFERENCES sources, as_of TEXT,
        file TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, form TEXT, entered TEXT NOT NULL
    ) STRICT;
INSERT INTO "lists" VALUES('01m85rjtqv9nm27kbc5e50e2h6','L-50e2h6','lista-lunes','01m85rjsveyrvb7dxsb9nv45v8','2026-02-20','lista.csv','0a1e1e159397a8e5a3811a737311b0c315b44f7eb3aba9ac957743e54cd7a83f',179,'{"kind": "csv", "encoding": "UTF-8", "delimiter": ";"}','2026-11-23');
CREATE TABLE mappings (
        id TEXT PRIMARY KEY, scope TEXT NOT NULL, header TEXT NOT NULL, field TEXT NOT NULL, value TEXT,
        UNIQUE (scope, header, field)
    ) STRICT;
CREATE TABLE name_words (word TEXT NOT NULL, detainee TEXT NOT NULL, PRIMARY KEY (word, detainee)) STRICT, WITHOUT ROWID;
INSERT INTO "name_words" VALUES('akiles','01m85rjtv4ymxhtgpbx2n8czbm');
INSERT INTO "name_words" VALUES('ana','01m85e2dxxftf4x5cg2cjrfz24');
INSERT INTO "name_words" VALUES('anita','01m85e2dxxftf4x5cg2cjrfz24');
INSERT INTO "name_words" VALUES('anitaruis','01m85e2dxxftf4x5cg2cjrfz24');
INSERT INTO "name_words" VALUES('arko','01m85e2dxxftf4x5cg2cjrfz24');
INSERT INTO "name_words" VALUES('bega','01m85e2e1aqs1rmnnxn9rs0nvm');
INSERT INTO "name_words" VALUES('bera','01m85rjtv4ymxhtgpbx2n8czbm');
INSERT INTO "name_words" VALUES('d','01m85e2dxxftf4x5cg2cjrfz24');
INSERT INTO "name_words" VALUES('eba','01m85e2e4rgv20dvnfz61xw6fz');
INSERT INTO "name_words" VALUES('eba','01m85e2e5ayttwvj1krhmfsjng');
INSERT INTO "name_words" VALUES('ebapas','01m85e2e4rgv20dvnfz61xw6fz');
INSERT INTO "name_words" VALUES('ebapasoto','01m85e2e5ayttwvj1krhmfsjng');
INSERT INTO "name_words" VALUES('iasinta','01m85rjtv04p2j3mwtdy4vn4w9');
INSERT INTO "name_words" VALUES('li','01m85e2e47vk2fk52ve9j4rrn1');
INSERT INTO "name_words" VALUES('lird','01m85e2e47vk2fk52ve9j4rrn1');
INSERT INTO "name_words" VALUES('luis','01m85e2e1aqs1rmnnxn9rs0nvm');
INSERT INTO "name_words" VALUES('luisbega','01m85e2e1aqs1rmnnxn9rs0nvm');
INSERT INTO "name_words" VALUES('nanes','01m85e2dxxftf4x5cg2cjrfz24');
INSERT INTO "name_words" VALUES('pas','01m85e2e4rgv20dvnfz61xw6fz');
INSERT INTO "name_words" VALUES('pas','01m85e2e5ayttwvj1krhmfsjng');
INSERT INTO "name_words" VALUES('pena','01m85rjtv04p2j3mwtdy4vn4w9');
INSERT INTO "name_words" VALUES('rd','01m85e2e47vk2fk52ve9j4rrn1');
INSERT INTO "name_words" VALUES('robles','01m85rjtv04p2j3mwtdy4vn4w9');
INSERT INTO "name_words" VALUES('ruis','01m85e2dxxftf4x5cg2cjrfz24');
INSERT INTO "name_words" VALUES('soto','01m85e2e5ayttwvj1krhmfsjng');
INSERT INTO "name_words" VALUES('tomas','01m85rjtv4ymxhtgpbx2n8czbm');
CREATE TABLE names (
        id TEXT PRIMARY KEY, detainee TEXT NOT NULL REFERENCES detainees, name TEXT NOT NULL, name_key TEXT,
        name_exact TEXT,
        kind TEXT NOT NULL DEFAULT 'alias' CHECK (kind IN ('alias', 'nickname', 'printed', 'former'))
    ) STRICT;
INSERT INTO "names" VALUES('01m85e2dxyscvfc844019kwdtb','01m85e2dxxftf4x5cg2cjrfz24','Anita Ruiz','anita ruiz','anita ruiz','alias');
CREATE TABLE nationalities (
        id TEXT PRIMARY KEY, detainee TEXT NOT NULL REFERENCES detainees,
        country TEXT NOT NULL CHECK (length(country) = 2),
        UNIQUE (detainee, country)
    ) STRICT;
INSERT INTO "nationalities" VALUES('01m85e2dxxftfw531ntdd5j6zt','01m85e2dxxftf4x5cg2cjrfz24','VE');
INSERT INTO "nationalities" VALUES('01m85e2dxysctrxyhpqh7qpggk','01m85e2dxxftf4x5cg2cjrfz24','ES');
INSERT INTO "nationalities" VALUES('01m85e2e480np2my2mxa65e86y','01m85e2e47vk2fk52ve9j4rrn1','IR');
CREATE TABLE releases (
        id TEXT PRIMARY KEY, ref TEXT UNIQUE, detention TEXT NOT NULL REFERENCES detentions, step INTEGER NOT NULL,
        released TEXT, released_from TEXT, released_to TEXT, entered TEXT NOT NULL,
        kind TEXT NOT NULL DEFAULT 'unstated' CHECK (kind IN ('unstated', 'full', 'precautionary',
            'conditional', 'bail', 'medical', 'house_arrest', 'exile', 'deported', 'escaped')),
        basis TEXT NOT NULL DEFAULT 'unstated' CHECK (basis IN ('unstated', 'court_review', 'amnesty',
            'pardon', 'dismissal', 'acquittal', 'annulment', 'sentence_served', 'exchange', 'negotiation',
            'measures_ended')),
        status TEXT NOT NULL CHECK (status IN ('announced', 'reported', 'verified', 'retracted')),
        conditions TEXT, freed_at TEXT,
        publish TEXT CHECK (publish IN ('named', 'anonymous', 'withheld')), publish_from TEXT, note TEXT
    ) STRICT;
INSERT INTO "releases" VALUES('01m85e2e6d309fm5h7cdkrnpyp','R-krnpyp','01m85e2dzha60975v8m7nk2e7b',1,'2026-01-12','2026-01-12T00:00','2026-01-12T23:59','2026-11-23','precautionary','unstated','verified','presentación mensual',NULL,NULL,NULL,NULL);
INSERT INTO "releases" VALUES('01m85e2e6ex9k7mg6h1bq9rg8e','R-q9rg8e','01m85e2e276t21sqyp7dyvvf8h',1,'2026-01-13','2026-01-13T00:00','2026-01-13T23:59','2026-11-23','precautionary','unstated','verified','presentación mensual',NULL,NULL,NULL,NULL);
INSERT INTO "releases" VALUES('01m85e2e6st8rcx0svs41g0ryq','R-1g0ryq','01m85e2e4svwgd466v08sjrmrc',1,'2026-01','2026-01-01T00:00','2026-01-31T23:59','2026-11-23','unstated','unstated','retracted',NULL,NULL,NULL,NULL,'Retracted: sigue en su celda');
CREATE TABLE seals (
        id INTEGER PRIMARY KEY, seq INTEGER NOT NULL REFERENCES changesets, first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        key TEXT, digest TEXT NOT NULL, leaves TEXT
    ) STRICT;
INSERT INTO "seals" VALUES(1,1,1,6,'f6d0a6aba83f781fbc9ea94d352d70611c9e5c8ee07c671e2409024cd1a8bf58','f7625a882f9d07286637647b8220b4c09cde054b5eb18ebc6fa9ed2c336ce557',NULL);
INSERT INTO "seals" VALUES(2,2,7,8,'4f534dfc608e57bb2bd2555f1bdceccfe6ed5e46044367f5f31e190c30c5f5ff','c26beb31b6cb4db4a327c64af226ccbf9055d1a87f5323c290e57cbe90231819',NULL);
INSERT INTO "seals" VALUES(3,3,9,9,'5854c0ab92cc58cca0d59fe258d232109c362e0b8a3c0f4c8a2b26be3ea3a18b','3449344e8d4a2f7df57aa52661f320fb8177b533a1e004b4ac07b1eb8af242bd',NULL);
INSERT INTO "seals" VALUES(4,4,10,11,'5fb1b0eeb77b076aaa84ec2e3bad0b1b3c28077b263baf9a2ff500f3a2e7af25','b545baaa142cc44eb43a4049cb5152afd03169c8f0786e04e65555f3c80f2e73',NULL);
INSERT INTO "seals" VALUES(5,5,12,12,'ea675e0d422cb2db4c3c9659dba5c7345acaf5fb65203c0dfa0e8d295dfaeebd','568dc0bae6408de94441eb8a9764d8abad60f1aa5907c823fc152f5cf01e5417',NULL);
INSERT INTO "seals" VALUES(6,6,13,13,'81b15ca7ce8bf62eebf4f69cd27fdc94e87e49c5f57f634744a49ee627da44e8','2f8f6416a9db994b108b074056c123f59351615c8dbd12c5789bcd7fbba2d29c',NULL);
INSERT INTO "seals" VALUES(7,7,14,14,'2f5ebdeb5d46c1ed9c1a2eeb0ccfdbb2e3c16b8b7a18dbdf69171542b0e9f69e','f7e68f6fa194aff54d78bd9c4c47c49d7151b3e8bca1422649d6aeb22a7739c1',NULL);
INSERT INTO "seals" VALUES(8,8,15,21,'eff84c40cd83120eff2a9d0e0207d90063f318e880b6d2953532ed0ed186cd18','74c72979cb0a92d98fddb855f69ead7c8f34e9698c8ffc546b03fd2ff3bc24bd',NULL);
INSERT INTO "seals" VALUES(9,9,22,25,'3978a096bb5dec89e4fad1cd0f3921be9f72b3078c6dd531fbf66088adf96948','e1d9e62d582c6d785c1fd81f7ef1f5c804f8c9f23caa4210e2ad75fc53c84cfd',NULL);
INSERT INTO "seals" VALUES(10,10,26,26,'24429514e38342654143fbebe13331f9acbded39a5dc2743448e341dc8516c1b','cf52f19be65f70aa034d8905f53ea8ff3f0a1edbc009ac80d5358fcd7f2627db',NULL);
INSERT INTO "seals" VALUES(11,11,27,28,'4b940f987b0ea3055f4057a7d94dbd16b6895ca9e3bab560a23755cd5bb75fe5','99b9eeae87c6e97449d1dffd928bdcf4bf440cb7bf7c10c284df6aa88fd22972',NULL);
INSERT INTO "seals" VALUES(12,12,29,30,'8ab5b629854f1412041e2f5299115b9d2f89b5d80bdfc8d02ac500d27b05e570','ac5516f50e4da97bc9040b3fec085cb5c685c92cd5aea3fc894731cddf944d52',NULL);
INSERT INTO "seals" VALUES(13,13,31,36,'c4b8a77b26a2dc59d10c52ebe581d11597c35b2abe9bdd0bd122dd89e238dec7','bbcf0e4a40cff49ee4acae512cd944d3f4087e7a5fc2eab31286bb0d280902d1',NULL);
INSERT INTO "seals" VALUES(14,14,37,38,'98a4b8afec05547bb38dbca02ab3cb74128b25e2dd2ef4b89628a3f555b636f4','27e209e72dc51bf0eca955e4087a3fb3924f4c47f92bfea3b8dd12936674a2e6',NULL);
INSERT INTO "seals" VALUES(15,15,39,42,'4a5896b29d44d484d03df5beb4030ea6c625bd94ff427585416d8a4b358311bd','5116b43cacc786916ad735b83bf40406b2dec874803fcbe90960db0e33e41e35',NULL);
INSERT INTO "seals" VALUES(16,16,43,46,'c1c5ee676816bc28e1c2107d337c64d7cc9141a85fe5aa4bdbf4f09cebf2a05f','8ddda987112607849c710c9a10d51bfafd5bbc24d91871dd130ef74d2b390e18',NULL);
INSERT INTO "seals" VALUES(17,17,47,48,'b93a0df91752c63f37c028480b56f4e58b7ba5777af7e84445b215506fe56d58','cbf3070545dc90c862301d44b9dbe062eb0664442473c9c0183ef729328ac005',NULL);
INSERT INTO "seals" VALUES(18,18,49,49,'48fea588522ee82cc2a6b2446113980fb3ebb5a65c4dd06427f13e6c16049218','21f1bc4673126dcb42ab18f9a5814c185429e1339bc05f558f451b76e410a756',NULL);
INSERT INTO "seals" VALUES(19,19,50,51,'953d867a2b86b76801d87a18f0fa1cceded3cf7acddbe17b2a132cfc8df0050e','98f3c9e2222752cdb67cc90550c75f66f5d53453bade1162dd9f0d4c89c42788',NULL);
INSERT INTO "seals" VALUES(20,20,52,52,'d8b07fdd0989f57a7c5a1dfb071c585351a926a98462841305826903947673a0','ff4e70a7e2ad2c9af60285d8bbd580a15f2ca0a5229f5320326de8b483f3e69d',NULL);
INSERT INTO "seals" VALUES(21,21,53,56,'97b6639ffcdd8cbc832a91efdebab2816ca1bccf7b83775b58401ff90c919146','d6eb9e74e93ffcd7fb3031eb2a1ab8f773aa13127ca8b039db11053478c01f4a',NULL);
INSERT INTO "seals" VALUES(22,22,57,60,'dc478f38f393dcbe1e19e64f1bc649f83862f726ab747e2543874ff163c14f8b','8c19bc96dc368d92b754900405ceaa5c68fe80c208db89593e3778a2fa5762c9',NULL);
INSERT INTO "seals" VALUES(23,23,61,62,'b4745d88912e04e9ec07cea7ac937e1d766fb985398cbc00974f8474217d6a73','d1ffdaafc3337653c76a2354776795c1d0bc0c89612de691a59689e35ed55f3d',NULL);
INSERT INTO "seals" VALUES(24,24,63,63,'096397297d5923bf02810d907253006b38f4b8a8e727206545e425996da8766f','915af9b2560e035d3ee3b7825be10aa640bb5e07d64f77a1d6a331ed375f003e',NULL);
INSERT INTO "seals" VALUES(25,25,64,64,'8ea87f31dc6b93232abb1b69948fe0afe36884844c003d511dfeb469067625b3','e4d378b7355ac00f3f30a1ea96c4483bf3f252f8a36374c8b001016fc8f3f2b6',NULL);
INSERT INTO "seals" VALUES(26,26,65,65,'43559c18cfb350199b184194034e1fb080de0be5732ae4cbcebd1213132a17e1','c23758ab50138c89750b90e8ce4529fd1f417f92426761909fbb4aa9e89ec99c',NULL);
INSERT INTO "seals" VALUES(27,27,66,66,'ac543f3035904007c990ebfc56bf53a95d6f84815768ebe1328fa8f7d5e834a0','cef8c90e3838168537419220d96cf9e51330226c5882d4b9839cb606f44f36f8',NULL);
INSERT INTO "seals" VALUES(28,29,67,67,'91edbf5bf649bd1921c813f23b59e41e6c5341142fd77b4e7779d868c8c8bc97','7da004722c941d30489c836bea15fb66b3b87c19e976ad7765b3428b7546f011',NULL);
INSERT INTO "seals" VALUES(29,30,68,86,'7e20dce7ae07088c08fa0667941d62bb10950330b4c6031d5c1c54d90ba5de39','09cc0081ccd727ed0bd3e6a786addec14b2bd6f3670bf9f73df12ce0ceb2b7eb',NULL);
INSERT INTO "seals" VALUES(30,31,87,87,'05b24d590bba5b3d7fa7d9a679cdd97f6e0c60dab6c0849c3b15bf35ad6549db','bf89aad1d2a842a6e0bc92492a598cba54de0726107ca00c72dc6d39f2295797',NULL);
INSERT INTO "seals" VALUES(31,32,88,97,'f4ff84d60bddefee627a0cc7385006c9f521f96dddc7d0893a638986c431fcbb','66271598e7bfa7392274baebc93bad43e73e0a2969fce462aaa5031807fd5744',NULL);
INSERT INTO "seals" VALUES(32,33,98,106,'b6a2b456ae262746ec8fe23e5e3c6c6610b8cb82d8c762e44b4b60c7c8b82f14','2a9cfda7c2e6c7395bb6b7c6ff7d5a18040a8a7c316e849087286be01b324352',NULL);
CREATE TABLE session (id INTEGER PRIMARY KEY CHECK (id = 1), changeset INTEGER) STRICT;
INSERT INTO "session" VALUES(1,NULL);
CREATE TABLE settings (
        id TEXT PRIMARY KEY, value TEXT
    ) STRICT;
INSERT INTO "settings" VALUES('device','f669d9c2');
INSERT INTO "settings" VALUES('country','VE');
INSERT INTO "settings" VALUES('zone','America/Caracas');
INSERT INTO "settings" VALUES('we','Monitor Uno');
INSERT INTO "settings" VALUES('start','2026-01-08');
INSERT INTO "settings" VALUES('rule','verified');
CREATE TABLE sources (
        id TEXT PRIMARY KEY, ref TEXT UNIQUE, slug TEXT NOT NULL UNIQUE, title TEXT, publisher TEXT,
        author TEXT, url TEXT,
        published TEXT, published_from TEXT, published_to TEXT, accessed TEXT, language TEXT,
        reliability TEXT CHECK (reliability IN ('highly_reliable', 'likely_reliable', 'unsure', 'likely_unreliable',
            'highly_unreliable', 'unknown')),
        public INTEGER NOT NULL DEFAULT 1 CHECK (public IN (0, 1)), note TEXT
    ) STRICT;
INSERT INTO "sources" VALUES('01m85e2dwfv68fb6k6nkq9sd4e','S-q9sd4e','diario-2026-01-12',NULL,'diario',NULL,'https://diario.example/2026/01/12/lista','2026-01-12','2026-01-12T00:00','2026-01-12T23:59',NULL,NULL,NULL,1,NULL);
INSERT INTO "sources" VALUES('01m85e2dwrgezp2w883yhqjyke','S-hqjyke','llamada-2026-01-20','Llamada de la familia',NULL,NULL,NULL,'2026-01-20','2026-01-20T00:00','2026-01-20T23:59',NULL,NULL,NULL,0,NULL);
INSERT INTO "sources" VALUES('01m85rjsveyrvb7dxsb9nv45v8','S-nv45v8','lista-lunes','Lista de los lunes',NULL,NULL,NULL,'2026-02-20','2026-02-20T00:00','2026-02-20T23:59',NULL,NULL,NULL,1,NULL);
CREATE TABLE stays (
        id TEXT PRIMARY KEY, ref TEXT UNIQUE, detention TEXT NOT NULL REFERENCES detentions, step INTEGER NOT NULL,
        facility TEXT REFERENCES facilities,
        whereabouts_unknown INTEGER NOT NULL DEFAULT 0 CHECK (whereabouts_unknown IN (0, 1)),
        since TEXT, since_from TEXT, since_to TEXT,
        publish TEXT CHECK (publish IN ('named', 'anonymous', 'withheld')), note TEXT,
        CHECK ((facility IS NULL) = (whereabouts_unknown = 1))
    ) STRICT;
INSERT INTO "stays" VALUES('01m85e2dzj7qdmef6h884hxvtx','Y-4hxvtx','01m85e2dzha60975v8m7nk2e7b',1,'01m85e2dr5f3vv8h63pebe6gjt',0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "stays" VALUES('01m85e2e282s8p2xgv9g1tdkt6','Y-1tdkt6','01m85e2e276t21sqyp7dyvvf8h',1,'01m85e2drzwcfpssex9thr5sf7',0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "stays" VALUES('01m85e2e3dey71dzx6gc43npwm','Y-43npwm','01m85e2e276t21sqyp7dyvvf8h',2,'01m85e2dr5f3vv8h63pebe6gjt',0,'2025-06-01','2025-06-01T00:00','2025-06-01T23:59',NULL,NULL);
INSERT INTO "stays" VALUES('01m85rjttzgk4nn851v0qbmn0g','Y-qbmn0g','01m85e2e4svwgd466v08sjrmrc',1,'01m85e2dr5f3vv8h63pebe6gjt',0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "stays" VALUES('01m85rjtv3mbk29022tk8jrc7h','Y-8jrc7h','01m85rjtv3mbjqagr2gz7nwmev',1,'01m85e2dr5f3vv8h63pebe6gjt',0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "stays" VALUES('01m85rjtv52xfmcj9jknagzd5g','Y-agzd5g','01m85rjtv4ymxz5g1mbe2b4j83',1,'01m85rjtv4ymydvscmhj2281kh',0,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE tags (
        id TEXT PRIMARY KEY, detainee TEXT NOT NULL REFERENCES detainees, tag TEXT NOT NULL, UNIQUE (detainee, tag)
    ) STRICT;
CREATE INDEX detainees_key ON detainees (name_key);
CREATE INDEX names_detainee ON names (detainee);
CREATE INDEX names_key ON names (name_key);
CREATE INDEX nationalities_country ON nationalities (country);
CREATE INDEX tags_tag ON tags (tag);
CREATE INDEX identifiers_value ON identifiers (value);
CREATE INDEX facilities_key ON facilities (name_key);
CREATE INDEX facility_names_facility ON facility_names (facility);
CREATE INDEX facility_names_key ON facility_names (name_key);
CREATE INDEX detentions_detainee ON detentions (detainee);
CREATE INDEX stays_detention ON stays (detention, step);
CREATE INDEX stays_facility ON stays (facility);
CREATE INDEX releases_detention ON releases (detention, step);
CREATE INDEX releases_from ON releases (released_from);
CREATE INDEX sources_url ON sources (url);
CREATE INDEX claimant_names_claimant ON claimant_names (claimant);
CREATE INDEX claims_claimant ON claims (claimant);
CREATE INDEX citations_source ON citations (source);
CREATE INDEX citations_claimant ON citations (claimant) WHERE claimant IS NOT NULL;
CREATE INDEX citations_detainee ON citations (detainee) WHERE detainee IS NOT NULL;
CREATE INDEX citations_nationality ON citations (nationality) WHERE nationality IS NOT NULL;
CREATE INDEX citations_detention ON citations (detention) WHERE detention IS NOT NULL;
CREATE INDEX citations_stay ON citations (stay) WHERE stay IS NOT NULL;
CREATE INDEX citations_release ON citations (release) WHERE release IS NOT NULL;
CREATE INDEX citations_claim ON citations (claim) WHERE claim IS NOT NULL;
CREATE INDEX evidence_source ON evidence (source);
CREATE INDEX judgements_other ON judgements (other);
CREATE INDEX changes_row ON changes ("table", row, n);
CREATE INDEX changes_seq ON changes (seq);
CREATE TRIGGER log_detainees_replace BEFORE INSERT ON detainees WHEN EXISTS (SELECT 1 FROM detainees t WHERE (t.id = NEW.id) OR (t.ref = NEW.ref)) BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'detainees', t.id, json_patch('{}', json_object('id', t.id, 'ref', t.ref, 'name', t.name, 'name_key', t.name_key, 'name_exact', t.name_exact, 'description', t.description, 'sex', t.sex, 'born', t.born, 'born_from', t.born_from, 'born_to', t.born_to, 'age', t.age, 'age_on', t.age_on, 'age_on_from', t.age_on_from, 'age_on_to', t.age_on_to, 'service', t.service, 'occupation', t.occupation, 'publish', t.publish, 'died', t.died, 'died_from', t.died_from, 'died_to', t.died_to, 'died_place', t.died_place, 'died_cause', t.died_cause, 'excluded', t.excluded, 'excluded_reason', t.excluded_reason, 'note', t.note)) FROM detainees t WHERE (t.id = NEW.id) OR (t.ref = NEW.ref); END;
CREATE TRIGGER log_detainees_insert AFTER INSERT ON detainees BEGIN INSERT INTO changes (seq, "table", row, before) VALUES ((SELECT changeset FROM session), 'detainees', NEW.id, NULL); END;
CREATE TRIGGER log_detainees_update AFTER UPDATE ON detainees WHEN OLD.id IS NOT NEW.id OR OLD.ref IS NOT NEW.ref OR OLD.name IS NOT NEW.name OR OLD.name_key IS NOT NEW.name_key OR OLD.name_exact IS NOT NEW.name_exact OR OLD.description IS NOT NEW.description OR OLD.sex IS NOT NEW.sex OR OLD.born IS NOT NEW.born OR OLD.born_from IS NOT NEW.born_from OR OLD.born_to IS NOT NEW.born_to OR OLD.age IS NOT NEW.age OR OLD.age_on IS NOT NEW.age_on OR OLD.age_on_from IS NOT NEW.age_on_from OR OLD.age_on_to IS NOT NEW.age_on_to OR OLD.service IS NOT NEW.service OR OLD.occupation IS NOT NEW.occupation OR OLD.publish IS NOT NEW.publish OR OLD.died IS NOT NEW.died OR OLD.died_from IS NOT NEW.died_from OR OLD.died_to IS NOT NEW.died_to OR OLD.died_place IS NOT NEW.died_place OR OLD.died_cause IS NOT NEW.died_cause OR OLD.excluded IS NOT NEW.excluded OR OLD.excluded_reason IS NOT NEW.excluded_reason OR OLD.note IS NOT NEW.note BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'detainees', OLD.id, json_patch('{}', json_object('id', OLD.id, 'ref', OLD.ref, 'name', OLD.name, 'name_key', OLD.name_key, 'name_exact', OLD.name_exact, 'description', OLD.description, 'sex', OLD.sex, 'born', OLD.born, 'born_from', OLD.born_from, 'born_to', OLD.born_to, 'age', OLD.age, 'age_on', OLD.age_on, 'age_on_from', OLD.age_on_from, 'age_on_to', OLD.age_on_to, 'service', OLD.service, 'occupation', OLD.occupation, 'publish', OLD.publish, 'died', OLD.died, 'died_from', OLD.died_from, 'died_to', OLD.died_to, 'died_place', OLD.died_place, 'died_cause', OLD.died_cause, 'excluded', OLD.excluded, 'excluded_reason', OLD.excluded_reason, 'note', OLD.note)); END;
CREATE TRIGGER log_detainees_delete AFTER DELETE ON detainees BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'detainees', OLD.id, json_patch('{}', json_object('id', OLD.id, 'ref', OLD.ref, 'name', OLD.name, 'name_key', OLD.name_key, 'name_exact', OLD.name_exact, 'description', OLD.description, 'sex', OLD.sex, 'born', OLD.born, 'born_from', OLD.born_from, 'born_to', OLD.born_to, 'age', OLD.age, 'age_on', OLD.age_on, 'age_on_from', OLD.age_on_from, 'age_on_to', OLD.age_on_to, 'service', OLD.service, 'occupation', OLD.occupation, 'publish', OLD.publish, 'died', OLD.died, 'died_from', OLD.died_from, 'died_to', OLD.died_to, 'died_place', OLD.died_place, 'died_cause', OLD.died_cause, 'excluded', OLD.excluded, 'excluded_reason', OLD.excluded_reason, 'note', OLD.note)); END;
CREATE TRIGGER keep_detainees_id BEFORE UPDATE OF id ON detainees WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END;
CREATE TRIGGER log_detainees_swap BEFORE UPDATE OF ref ON detainees BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'detainees', t.id, json_patch('{}', json_object('id', t.id, 'ref', t.ref, 'name', t.name, 'name_key', t.name_key, 'name_exact', t.name_exact, 'description', t.description, 'sex', t.sex, 'born', t.born, 'born_from', t.born_from, 'born_to', t.born_to, 'age', t.age, 'age_on', t.age_on, 'age_on_from', t.age_on_from, 'age_on_to', t.age_on_to, 'service', t.service, 'occupation', t.occupation, 'publish', t.publish, 'died', t.died, 'died_from', t.died_from, 'died_to', t.died_to, 'died_place', t.died_place, 'died_cause', t.died_cause, 'excluded', t.excluded, 'excluded_reason', t.excluded_reason, 'note', t.note)) FROM detainees t WHERE t.id <> OLD.id AND ((t.ref = NEW.ref)); END;
CREATE TRIGGER log_names_replace BEFORE INSERT ON names WHEN EXISTS (SELECT 1 FROM names t WHERE (t.id = NEW.id)) BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'names', t.id, json_patch('{}', json_object('id', t.id, 'detainee', t.detainee, 'name', t.name, 'name_key', t.name_key, 'name_exact', t.name_exact, 'kind', t.kind)) FROM names t WHERE (t.id = NEW.id); END;
CREATE TRIGGER log_names_insert AFTER INSERT ON names BEGIN INSERT INTO changes (seq, "table", row, before) VALUES ((SELECT changeset FROM session), 'names', NEW.id, NULL); END;
CREATE TRIGGER log_names_update AFTER UPDATE ON names WHEN OLD.id IS NOT NEW.id OR OLD.detainee IS NOT NEW.detainee OR OLD.name IS NOT NEW.name OR OLD.name_key IS NOT NEW.name_key OR OLD.name_exact IS NOT NEW.name_exact OR OLD.kind IS NOT NEW.kind BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'names', OLD.id, json_patch('{}', json_object('id', OLD.id, 'detainee', OLD.detainee, 'name', OLD.name, 'name_key', OLD.name_key, 'name_exact', OLD.name_exact, 'kind', OLD.kind)); END;
CREATE TRIGGER log_names_delete AFTER DELETE ON names BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'names', OLD.id, json_patch('{}', json_object('id', OLD.id, 'detainee', OLD.detainee, 'name', OLD.name, 'name_key', OLD.name_key, 'name_exact', OLD.name_exact, 'kind', OLD.kind)); END;
CREATE TRIGGER keep_names_id BEFORE UPDATE OF id ON names WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END;
CREATE TRIGGER log_nationalities_replace BEFORE INSERT ON nationalities WHEN EXISTS (SELECT 1 FROM nationalities t WHERE (t.id = NEW.id) OR (t.detainee = NEW.detainee AND t.country = NEW.country)) BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'nationalities', t.id, json_patch('{}', json_object('id', t.id, 'detainee', t.detainee, 'country', t.country)) FROM nationalities t WHERE (t.id = NEW.id) OR (t.detainee = NEW.detainee AND t.country = NEW.country); END;
CREATE TRIGGER log_nationalities_insert AFTER INSERT ON nationalities BEGIN INSERT INTO changes (seq, "table", row, before) VALUES ((SELECT changeset FROM session), 'nationalities', NEW.id, NULL); END;
CREATE TRIGGER log_nationalities_update AFTER UPDATE ON nationalities WHEN OLD.id IS NOT NEW.id OR OLD.detainee IS NOT NEW.detainee OR OLD.country IS NOT NEW.country BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'nationalities', OLD.id, json_patch('{}', json_object('id', OLD.id, 'detainee', OLD.detainee, 'country', OLD.country)); END;
CREATE TRIGGER log_nationalities_delete AFTER DELETE ON nationalities BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'nationalities', OLD.id, json_patch('{}', json_object('id', OLD.id, 'detainee', OLD.detainee, 'country', OLD.country)); END;
CREATE TRIGGER keep_nationalities_id BEFORE UPDATE OF id ON nationalities WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END;
CREATE TRIGGER log_nationalities_swap BEFORE UPDATE OF detainee, country ON nationalities BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'nationalities', t.id, json_patch('{}', json_object('id', t.id, 'detainee', t.detainee, 'country', t.country)) FROM nationalities t WHERE t.id <> OLD.id AND ((t.detainee = NEW.detainee AND t.country = NEW.country)); END;
CREATE TRIGGER log_tags_replace BEFORE INSERT ON tags WHEN EXISTS (SELECT 1 FROM tags t WHERE (t.id = NEW.id) OR (t.detainee = NEW.detainee AND t.tag = NEW.tag)) BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'tags', t.id, json_patch('{}', json_object('id', t.id, 'detainee', t.detainee, 'tag', t.tag)) FROM tags t WHERE (t.id = NEW.id) OR (t.detainee = NEW.detainee AND t.tag = NEW.tag); END;
CREATE TRIGGER log_tags_insert AFTER INSERT ON tags BEGIN INSERT INTO changes (seq, "table", row, before) VALUES ((SELECT changeset FROM session), 'tags', NEW.id, NULL); END;
CREATE TRIGGER log_tags_update AFTER UPDATE ON tags WHEN OLD.id IS NOT NEW.id OR OLD.detainee IS NOT NEW.detainee OR OLD.tag IS NOT NEW.tag BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'tags', OLD.id, json_patch('{}', json_object('id', OLD.id, 'detainee', OLD.detainee, 'tag', OLD.tag)); END;
CREATE TRIGGER log_tags_delete AFTER DELETE ON tags BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'tags', OLD.id, json_patch('{}', json_object('id', OLD.id, 'detainee', OLD.detainee, 'tag', OLD.tag)); END;
CREATE TRIGGER keep_tags_id BEFORE UPDATE OF id ON tags WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END;
CREATE TRIGGER log_tags_swap BEFORE UPDATE OF detainee, tag ON tags BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'tags', t.id, json_patch('{}', json_object('id', t.id, 'detainee', t.detainee, 'tag', t.tag)) FROM tags t WHERE t.id <> OLD.id AND ((t.detainee = NEW.detainee AND t.tag = NEW.tag)); END;
CREATE TRIGGER log_identifiers_replace BEFORE INSERT ON identifiers WHEN EXISTS (SELECT 1 FROM identifiers t WHERE (t.id = NEW.id) OR (t.detainee = NEW.detainee AND t.scheme = NEW.scheme AND t.value = NEW.value)) BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'identifiers', t.id, json_patch('{}', json_object('id', t.id, 'detainee', t.detainee, 'scheme', t.scheme, 'value', t.value)) FROM identifiers t WHERE (t.id = NEW.id) OR (t.detainee = NEW.detainee AND t.scheme = NEW.scheme AND t.value = NEW.value); END;
CREATE TRIGGER log_identifiers_insert AFTER INSERT ON identifiers BEGIN INSERT INTO changes (seq, "table", row, before) VALUES ((SELECT changeset FROM session), 'identifiers', NEW.id, NULL); END;
CREATE TRIGGER log_identifiers_update AFTER UPDATE ON identifiers WHEN OLD.id IS NOT NEW.id OR OLD.detainee IS NOT NEW.detainee OR OLD.scheme IS NOT NEW.scheme OR OLD.value IS NOT NEW.value BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'identifiers', OLD.id, json_patch('{}', json_object('id', OLD.id, 'detainee', OLD.detainee, 'scheme', OLD.scheme, 'value', OLD.value)); END;
CREATE TRIGGER log_identifiers_delete AFTER DELETE ON identifiers BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'identifiers', OLD.id, json_patch('{}', json_object('id', OLD.id, 'detainee', OLD.detainee, 'scheme', OLD.scheme, 'value', OLD.value)); END;
CREATE TRIGGER keep_identifiers_id BEFORE UPDATE OF id ON identifiers WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END;
CREATE TRIGGER log_identifiers_swap BEFORE UPDATE OF detainee, scheme, value ON identifiers BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'identifiers', t.id, json_patch('{}', json_object('id', t.id, 'detainee', t.detainee, 'scheme', t.scheme, 'value', t.value)) FROM identifiers t WHERE t.id <> OLD.id AND ((t.detainee = NEW.detainee AND t.scheme = NEW.scheme AND t.value = NEW.value)); END;
CREATE TRIGGER log_facilities_replace BEFORE INSERT ON facilities WHEN EXISTS (SELECT 1 FROM facilities t WHERE (t.id = NEW.id) OR (t.ref = NEW.ref)) BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'facilities', t.id, json_patch('{}', json_object('id', t.id, 'ref', t.ref, 'name', t.name, 'name_key', t.name_key, 'name_exact', t.name_exact, 'kind', t.kind, 'state', t.state, 'country', t.country, 'note', t.note)) FROM facilities t WHERE (t.id = NEW.id) OR (t.ref = NEW.ref); END;
CREATE TRIGGER log_facilities_insert AFTER INSERT ON facilities BEGIN INSERT INTO changes (seq, "table", row, before) VALUES ((SELECT changeset FROM session), 'facilities', NEW.id, NULL); END;
CREATE TRIGGER log_facilities_update AFTER UPDATE ON facilities WHEN OLD.id IS NOT NEW.id OR OLD.ref IS NOT NEW.ref OR OLD.name IS NOT NEW.name OR OLD.name_key IS NOT NEW.name_key OR OLD.name_exact IS NOT NEW.name_exact OR OLD.kind IS NOT NEW.kind OR OLD.state IS NOT NEW.state OR OLD.country IS NOT NEW.country OR OLD.note IS NOT NEW.note BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'facilities', OLD.id, json_patch('{}', json_object('id', OLD.id, 'ref', OLD.ref, 'name', OLD.name, 'name_key', OLD.name_key, 'name_exact', OLD.name_exact, 'kind', OLD.kind, 'state', OLD.state, 'country', OLD.country, 'note', OLD.note)); END;
CREATE TRIGGER log_facilities_delete AFTER DELETE ON facilities BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'facilities', OLD.id, json_patch('{}', json_object('id', OLD.id, 'ref', OLD.ref, 'name', OLD.name, 'name_key', OLD.name_key, 'name_exact', OLD.name_exact, 'kind', OLD.kind, 'state', OLD.state, 'country', OLD.country, 'note', OLD.note)); END;
CREATE TRIGGER keep_facilities_id BEFORE UPDATE OF id ON facilities WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END;
CREATE TRIGGER log_facilities_swap BEFORE UPDATE OF ref ON facilities BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'facilities', t.id, json_patch('{}', json_object('id', t.id, 'ref', t.ref, 'name', t.name, 'name_key', t.name_key, 'name_exact', t.name_exact, 'kind', t.kind, 'state', t.state, 'country', t.country, 'note', t.note)) FROM facilities t WHERE t.id <> OLD.id AND ((t.ref = NEW.ref)); END;
CREATE TRIGGER log_facility_names_replace BEFORE INSERT ON facility_names WHEN EXISTS (SELECT 1 FROM facility_names t WHERE (t.id = NEW.id)) BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'facility_names', t.id, json_patch('{}', json_object('id', t.id, 'facility', t.facility, 'name', t.name, 'name_key', t.name_key, 'name_exact', t.name_exact)) FROM facility_names t WHERE (t.id = NEW.id); END;
CREATE TRIGGER log_facility_names_insert AFTER INSERT ON facility_names BEGIN INSERT INTO changes (seq, "table", row, before) VALUES ((SELECT changeset FROM session), 'facility_names', NEW.id, NULL); END;
CREATE TRIGGER log_facility_names_update AFTER UPDATE ON facility_names WHEN OLD.id IS NOT NEW.id OR OLD.facility IS NOT NEW.facility OR OLD.name IS NOT NEW.name OR OLD.name_key IS NOT NEW.name_key OR OLD.name_exact IS NOT NEW.name_exact BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'facility_names', OLD.id, json_patch('{}', json_object('id', OLD.id, 'facility', OLD.facility, 'name', OLD.name, 'name_key', OLD.name_key, 'name_exact', OLD.name_exact)); END;
CREATE TRIGGER log_facility_names_delete AFTER DELETE ON facility_names BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'facility_names', OLD.id, json_patch('{}', json_object('id', OLD.id, 'facility', OLD.facility, 'name', OLD.name, 'name_key', OLD.name_key, 'name_exact', OLD.name_exact)); END;
CREATE TRIGGER keep_facility_names_id BEFORE UPDATE OF id ON facility_names WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END;
CREATE TRIGGER log_detentions_replace BEFORE INSERT ON detentions WHEN EXISTS (SELECT 1 FROM detentions t WHERE (t.id = NEW.id) OR (t.ref = NEW.ref)) BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'detentions', t.id, json_patch('{}', json_object('id', t.id, 'ref', t.ref, 'detainee', t.detainee, 'began', t.began, 'began_from', t.began_from, 'began_to', t.began_to, 'entered', t.entered, 'place', t.place, 'authority', t.authority, 'cause', t.cause, 'charges', t.charges, 'stage', t.stage, 'sentence', t.sentence, 'sentence_ends', t.sentence_ends, 'sentence_ends_from', t.sentence_ends_from, 'sentence_ends_to', t.sentence_ends_to, 'grounds', t.grounds, 'grounds_by', t.grounds_by, 'publish', t.publish, 'note', t.note)) FROM detentions t WHERE (t.id = NEW.id) OR (t.ref = NEW.ref); END;
CREATE TRIGGER log_detentions_insert AFTER INSERT ON detentions BEGIN INSERT INTO changes (seq, "table", row, before) VALUES ((SELECT changeset FROM session), 'detentions', NEW.id, NULL); END;
CREATE TRIGGER log_detentions_update AFTER UPDATE ON detentions WHEN OLD.id IS NOT NEW.id OR OLD.ref IS NOT NEW.ref OR OLD.detainee IS NOT NEW.detainee OR OLD.began IS NOT NEW.began OR OLD.began_from IS NOT NEW.began_from OR OLD.began_to IS NOT NEW.began_to OR OLD.entered IS NOT NEW.entered OR OLD.place IS NOT NEW.place OR OLD.authority IS NOT NEW.authority OR OLD.cause IS NOT NEW.cause OR OLD.charges IS NOT NEW.charges OR OLD.stage IS NOT NEW.stage OR OLD.sentence IS NOT NEW.sentence OR OLD.sentence_ends IS NOT NEW.sentence_ends OR OLD.sentence_ends_from IS NOT NEW.sentence_ends_from OR OLD.sentence_ends_to IS NOT NEW.sentence_ends_to OR OLD.grounds IS NOT NEW.grounds OR OLD.grounds_by IS NOT NEW.grounds_by OR OLD.publish IS NOT NEW.publish OR OLD.note IS NOT NEW.note BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'detentions', OLD.id, json_patch('{}', json_object('id', OLD.id, 'ref', OLD.ref, 'detainee', OLD.detainee, 'began', OLD.began, 'began_from', OLD.began_from, 'began_to', OLD.began_to, 'entered', OLD.entered, 'place', OLD.place, 'authority', OLD.authority, 'cause', OLD.cause, 'charges', OLD.charges, 'stage', OLD.stage, 'sentence', OLD.sentence, 'sentence_ends', OLD.sentence_ends, 'sentence_ends_from', OLD.sentence_ends_from, 'sentence_ends_to', OLD.sentence_ends_to, 'grounds', OLD.grounds, 'grounds_by', OLD.grounds_by, 'publish', OLD.publish, 'note', OLD.note)); END;
CREATE TRIGGER log_detentions_delete AFTER DELETE ON detentions BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'detentions', OLD.id, json_patch('{}', json_object('id', OLD.id, 'ref', OLD.ref, 'detainee', OLD.detainee, 'began', OLD.began, 'began_from', OLD.began_from, 'began_to', OLD.began_to, 'entered', OLD.entered, 'place', OLD.place, 'authority', OLD.authority, 'cause', OLD.cause, 'charges', OLD.charges, 'stage', OLD.stage, 'sentence', OLD.sentence, 'sentence_ends', OLD.sentence_ends, 'sentence_ends_from', OLD.sentence_ends_from, 'sentence_ends_to', OLD.sentence_ends_to, 'grounds', OLD.grounds, 'grounds_by', OLD.grounds_by, 'publish', OLD.publish, 'note', OLD.note)); END;
CREATE TRIGGER keep_detentions_id BEFORE UPDATE OF id ON detentions WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END;
CREATE TRIGGER log_detentions_swap BEFORE UPDATE OF ref ON detentions BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'detentions', t.id, json_patch('{}', json_object('id', t.id, 'ref', t.ref, 'detainee', t.detainee, 'began', t.began, 'began_from', t.began_from, 'began_to', t.began_to, 'entered', t.entered, 'place', t.place, 'authority', t.authority, 'cause', t.cause, 'charges', t.charges, 'stage', t.stage, 'sentence', t.sentence, 'sentence_ends', t.sentence_ends, 'sentence_ends_from', t.sentence_ends_from, 'sentence_ends_to', t.sentence_ends_to, 'grounds', t.grounds, 'grounds_by', t.grounds_by, 'publish', t.publish, 'note', t.note)) FROM detentions t WHERE t.id <> OLD.id AND ((t.ref = NEW.ref)); END;
CREATE TRIGGER log_stays_replace BEFORE INSERT ON stays WHEN EXISTS (SELECT 1 FROM stays t WHERE (t.id = NEW.id) OR (t.ref = NEW.ref)) BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'stays', t.id, json_patch('{}', json_object('id', t.id, 'ref', t.ref, 'detention', t.detention, 'step', t.step, 'facility', t.facility, 'whereabouts_unknown', t.whereabouts_unknown, 'since', t.since, 'since_from', t.since_from, 'since_to', t.since_to, 'publish', t.publish, 'note', t.note)) FROM stays t WHERE (t.id = NEW.id) OR (t.ref = NEW.ref); END;
CREATE TRIGGER log_stays_insert AFTER INSERT ON stays BEGIN INSERT INTO changes (seq, "table", row, before) VALUES ((SELECT changeset FROM session), 'stays', NEW.id, NULL); END;
CREATE TRIGGER log_stays_update AFTER UPDATE ON stays WHEN OLD.id IS NOT NEW.id OR OLD.ref IS NOT NEW.ref OR OLD.detention IS NOT NEW.detention OR OLD.step IS NOT NEW.step OR OLD.facility IS NOT NEW.facility OR OLD.whereabouts_unknown IS NOT NEW.whereabouts_unknown OR OLD.since IS NOT NEW.since OR OLD.since_from IS NOT NEW.since_from OR OLD.since_to IS NOT NEW.since_to OR OLD.publish IS NOT NEW.publish OR OLD.note IS NOT NEW.note BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'stays', OLD.id, json_patch('{}', json_object('id', OLD.id, 'ref', OLD.ref, 'detention', OLD.detention, 'step', OLD.step, 'facility', OLD.facility, 'whereabouts_unknown', OLD.whereabouts_unknown, 'since', OLD.since, 'since_from', OLD.since_from, 'since_to', OLD.since_to, 'publish', OLD.publish, 'note', OLD.note)); END;
CREATE TRIGGER log_stays_delete AFTER DELETE ON stays BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'stays', OLD.id, json_patch('{}', json_object('id', OLD.id, 'ref', OLD.ref, 'detention', OLD.detention, 'step', OLD.step, 'facility', OLD.facility, 'whereabouts_unknown', OLD.whereabouts_unknown, 'since', OLD.since, 'since_from', OLD.since_from, 'since_to', OLD.since_to, 'publish', OLD.publish, 'note', OLD.note)); END;
CREATE TRIGGER keep_stays_id BEFORE UPDATE OF id ON stays WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END;
CREATE TRIGGER log_stays_swap BEFORE UPDATE OF ref ON stays BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'stays', t.id, json_patch('{}', json_object('id', t.id, 'ref', t.ref, 'detention', t.detention, 'step', t.step, 'facility', t.facility, 'whereabouts_unknown', t.whereabouts_unknown, 'since', t.since, 'since_from', t.since_from, 'since_to', t.since_to, 'publish', t.publish, 'note', t.note)) FROM stays t WHERE t.id <> OLD.id AND ((t.ref = NEW.ref)); END;
CREATE TRIGGER log_releases_replace BEFORE INSERT ON releases WHEN EXISTS (SELECT 1 FROM releases t WHERE (t.id = NEW.id) OR (t.ref = NEW.ref)) BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'releases', t.id, json_patch('{}', json_object('id', t.id, 'ref', t.ref, 'detention', t.detention, 'step', t.step, 'released', t.released, 'released_from', t.released_from, 'released_to', t.released_to, 'entered', t.entered, 'kind', t.kind, 'basis', t.basis, 'status', t.status, 'conditions', t.conditions, 'freed_at', t.freed_at, 'publish', t.publish, 'publish_from', t.publish_from, 'note', t.note)) FROM releases t WHERE (t.id = NEW.id) OR (t.ref = NEW.ref); END;
CREATE TRIGGER log_releases_insert AFTER INSERT ON releases BEGIN INSERT INTO changes (seq, "table", row, before) VALUES ((SELECT changeset FROM session), 'releases', NEW.id, NULL); END;
CREATE TRIGGER log_releases_update AFTER UPDATE ON releases WHEN OLD.id IS NOT NEW.id OR OLD.ref IS NOT NEW.ref OR OLD.detention IS NOT NEW.detention OR OLD.step IS NOT NEW.step OR OLD.released IS NOT NEW.released OR OLD.released_from IS NOT NEW.released_from OR OLD.released_to IS NOT NEW.released_to OR OLD.entered IS NOT NEW.entered OR OLD.kind IS NOT NEW.kind OR OLD.basis IS NOT NEW.basis OR OLD.status IS NOT NEW.status OR OLD.conditions IS NOT NEW.conditions OR OLD.freed_at IS NOT NEW.freed_at OR OLD.publish IS NOT NEW.publish OR OLD.publish_from IS NOT NEW.publish_from OR OLD.note IS NOT NEW.note BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'releases', OLD.id, json_patch('{}', json_object('id', OLD.id, 'ref', OLD.ref, 'detention', OLD.detention, 'step', OLD.step, 'released', OLD.released, 'released_from', OLD.released_from, 'released_to', OLD.released_to, 'entered', OLD.entered, 'kind', OLD.kind, 'basis', OLD.basis, 'status', OLD.status, 'conditions', OLD.conditions, 'freed_at', OLD.freed_at, 'publish', OLD.publish, 'publish_from', OLD.publish_from, 'note', OLD.note)); END;
CREATE TRIGGER log_releases_delete AFTER DELETE ON releases BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'releases', OLD.id, json_patch('{}', json_object('id', OLD.id, 'ref', OLD.ref, 'detention', OLD.detention, 'step', OLD.step, 'released', OLD.released, 'released_from', OLD.released_from, 'released_to', OLD.released_to, 'entered', OLD.entered, 'kind', OLD.kind, 'basis', OLD.basis, 'status', OLD.status, 'conditions', OLD.conditions, 'freed_at', OLD.freed_at, 'publish', OLD.publish, 'publish_from', OLD.publish_from, 'note', OLD.note)); END;
CREATE TRIGGER keep_releases_id BEFORE UPDATE OF id ON releases WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END;
CREATE TRIGGER log_releases_swap BEFORE UPDATE OF ref ON releases BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'releases', t.id, json_patch('{}', json_object('id', t.id, 'ref', t.ref, 'detention', t.detention, 'step', t.step, 'released', t.released, 'released_from', t.released_from, 'released_to', t.released_to, 'entered', t.entered, 'kind', t.kind, 'basis', t.basis, 'status', t.status, 'conditions', t.conditions, 'freed_at', t.freed_at, 'publish', t.publish, 'publish_from', t.publish_from, 'note', t.note)) FROM releases t WHERE t.id <> OLD.id AND ((t.ref = NEW.ref)); END;
CREATE TRIGGER log_sources_replace BEFORE INSERT ON sources WHEN EXISTS (SELECT 1 FROM sources t WHERE (t.id = NEW.id) OR (t.ref = NEW.ref) OR (t.slug = NEW.slug)) BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'sources', t.id, json_patch('{}', json_object('id', t.id, 'ref', t.ref, 'slug', t.slug, 'title', t.title, 'publisher', t.publisher, 'author', t.author, 'url', t.url, 'published', t.published, 'published_from', t.published_from, 'published_to', t.published_to, 'accessed', t.accessed, 'language', t.language, 'reliability', t.reliability, 'public', t.public, 'note', t.note)) FROM sources t WHERE (t.id = NEW.id) OR (t.ref = NEW.ref) OR (t.slug = NEW.slug); END;
CREATE TRIGGER log_sources_insert AFTER INSERT ON sources BEGIN INSERT INTO changes (seq, "table", row, before) VALUES ((SELECT changeset FROM session), 'sources', NEW.id, NULL); END;
CREATE TRIGGER log_sources_update AFTER UPDATE ON sources WHEN OLD.id IS NOT NEW.id OR OLD.ref IS NOT NEW.ref OR OLD.slug IS NOT NEW.slug OR OLD.title IS NOT NEW.title OR OLD.publisher IS NOT NEW.publisher OR OLD.author IS NOT NEW.author OR OLD.url IS NOT NEW.url OR OLD.published IS NOT NEW.published OR OLD.published_from IS NOT NEW.published_from OR OLD.published_to IS NOT NEW.published_to OR OLD.accessed IS NOT NEW.accessed OR OLD.language IS NOT NEW.language OR OLD.reliability IS NOT NEW.reliability OR OLD.public IS NOT NEW.public OR OLD.note IS NOT NEW.note BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'sources', OLD.id, json_patch('{}', json_object('id', OLD.id, 'ref', OLD.ref, 'slug', OLD.slug, 'title', OLD.title, 'publisher', OLD.publisher, 'author', OLD.author, 'url', OLD.url, 'published', OLD.published, 'published_from', OLD.published_from, 'published_to', OLD.published_to, 'accessed', OLD.accessed, 'language', OLD.language, 'reliability', OLD.reliability, 'public', OLD.public, 'note', OLD.note)); END;
CREATE TRIGGER log_sources_delete AFTER DELETE ON sources BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'sources', OLD.id, json_patch('{}', json_object('id', OLD.id, 'ref', OLD.ref, 'slug', OLD.slug, 'title', OLD.title, 'publisher', OLD.publisher, 'author', OLD.author, 'url', OLD.url, 'published', OLD.published, 'published_from', OLD.published_from, 'published_to', OLD.published_to, 'accessed', OLD.accessed, 'language', OLD.language, 'reliability', OLD.reliability, 'public', OLD.public, 'note', OLD.note)); END;
CREATE TRIGGER keep_sources_id BEFORE UPDATE OF id ON sources WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END;
CREATE TRIGGER log_sources_swap BEFORE UPDATE OF ref, slug ON sources BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'sources', t.id, json_patch('{}', json_object('id', t.id, 'ref', t.ref, 'slug', t.slug, 'title', t.title, 'publisher', t.publisher, 'author', t.author, 'url', t.url, 'published', t.published, 'published_from', t.published_from, 'published_to', t.published_to, 'accessed', t.accessed, 'language', t.language, 'reliability', t.reliability, 'public', t.public, 'note', t.note)) FROM sources t WHERE t.id <> OLD.id AND ((t.ref = NEW.ref) OR (t.slug = NEW.slug)); END;
CREATE TRIGGER log_claimants_replace BEFORE INSERT ON claimants WHEN EXISTS (SELECT 1 FROM claimants t WHERE (t.id = NEW.id) OR (t.ref = NEW.ref)) BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'claimants', t.id, json_patch('{}', json_object('id', t.id, 'ref', t.ref, 'name', t.name, 'name_key', t.name_key, 'name_exact', t.name_exact, 'kind', t.kind, 'default_status', t.default_status, 'house_arrest', t.house_arrest, 'country', t.country, 'note', t.note)) FROM claimants t WHERE (t.id = NEW.id) OR (t.ref = NEW.ref); END;
CREATE TRIGGER log_claimants_insert AFTER INSERT ON claimants BEGIN INSERT INTO changes (seq, "table", row, before) VALUES ((SELECT changeset FROM session), 'claimants', NEW.id, NULL); END;
CREATE TRIGGER log_claimants_update AFTER UPDATE ON claimants WHEN OLD.id IS NOT NEW.id OR OLD.ref IS NOT NEW.ref OR OLD.name IS NOT NEW.name OR OLD.name_key IS NOT NEW.name_key OR OLD.name_exact IS NOT NEW.name_exact OR OLD.kind IS NOT NEW.kind OR OLD.default_status IS NOT NEW.default_status OR OLD.house_arrest IS NOT NEW.house_arrest OR OLD.country IS NOT NEW.country OR OLD.note IS NOT NEW.note BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'claimants', OLD.id, json_patch('{}', json_object('id', OLD.id, 'ref', OLD.ref, 'name', OLD.name, 'name_key', OLD.name_key, 'name_exact', OLD.name_exact, 'kind', OLD.kind, 'default_status', OLD.default_status, 'house_arrest', OLD.house_arrest, 'country', OLD.country, 'note', OLD.note)); END;
CREATE TRIGGER log_claimants_delete AFTER DELETE ON claimants BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'claimants', OLD.id, json_patch('{}', json_object('id', OLD.id, 'ref', OLD.ref, 'name', OLD.name, 'name_key', OLD.name_key, 'name_exact', OLD.name_exact, 'kind', OLD.kind, 'default_status', OLD.default_status, 'house_arrest', OLD.house_arrest, 'country', OLD.country, 'note', OLD.note)); END;
CREATE TRIGGER keep_claimants_id BEFORE UPDATE OF id ON claimants WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END;
CREATE TRIGGER log_claimants_swap BEFORE UPDATE OF ref ON claimants BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'claimants', t.id, json_patch('{}', json_object('id', t.id, 'ref', t.ref, 'name', t.name, 'name_key', t.name_key, 'name_exact', t.name_exact, 'kind', t.kind, 'default_status', t.default_status, 'house_arrest', t.house_arrest, 'country', t.country, 'note', t.note)) FROM claimants t WHERE t.id <> OLD.id AND ((t.ref = NEW.ref)); END;
CREATE TRIGGER log_claimant_names_replace BEFORE INSERT ON claimant_names WHEN EXISTS (SELECT 1 FROM claimant_names t WHERE (t.id = NEW.id)) BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'claimant_names', t.id, json_patch('{}', json_object('id', t.id, 'claimant', t.claimant, 'name', t.name, 'name_key', t.name_key, 'name_exact', t.name_exact)) FROM claimant_names t WHERE (t.id = NEW.id); END;
CREATE TRIGGER log_claimant_names_insert AFTER INSERT ON claimant_names BEGIN INSERT INTO changes (seq, "table", row, before) VALUES ((SELECT changeset FROM session), 'claimant_names', NEW.id, NULL); END;
CREATE TRIGGER log_claimant_names_update AFTER UPDATE ON claimant_names WHEN OLD.id IS NOT NEW.id OR OLD.claimant IS NOT NEW.claimant OR OLD.name IS NOT NEW.name OR OLD.name_key IS NOT NEW.name_key OR OLD.name_exact IS NOT NEW.name_exact BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'claimant_names', OLD.id, json_patch('{}', json_object('id', OLD.id, 'claimant', OLD.claimant, 'name', OLD.name, 'name_key', OLD.name_key, 'name_exact', OLD.name_exact)); END;
CREATE TRIGGER log_claimant_names_delete AFTER DELETE ON claimant_names BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'claimant_names', OLD.id, json_patch('{}', json_object('id', OLD.id, 'claimant', OLD.claimant, 'name', OLD.name, 'name_key', OLD.name_key, 'name_exact', OLD.name_exact)); END;
CREATE TRIGGER keep_claimant_names_id BEFORE UPDATE OF id ON claimant_names WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END;
CREATE TRIGGER log_claims_replace BEFORE INSERT ON claims WHEN EXISTS (SELECT 1 FROM claims t WHERE (t.id = NEW.id) OR (t.ref = NEW.ref)) BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'claims', t.id, json_patch('{}', json_object('id', t.id, 'ref', t.ref, 'claimant', t.claimant, 'measure', t.measure, 'min', t.min, 'max', t.max, 'qualifier', t.qualifier, 'out_of', t.out_of, 'as_of', t.as_of, 'as_of_from', t.as_of_from, 'as_of_to', t.as_of_to, 'since', t.since, 'since_from', t.since_from, 'since_to', t.since_to, 'scope', t.scope, 'note', t.note)) FROM claims t WHERE (t.id = NEW.id) OR (t.ref = NEW.ref); END;
CREATE TRIGGER log_claims_insert AFTER INSERT ON claims BEGIN INSERT INTO changes (seq, "table", row, before) VALUES ((SELECT changeset FROM session), 'claims', NEW.id, NULL); END;
CREATE TRIGGER log_claims_update AFTER UPDATE ON claims WHEN OLD.id IS NOT NEW.id OR OLD.ref IS NOT NEW.ref OR OLD.claimant IS NOT NEW.claimant OR OLD.measure IS NOT NEW.measure OR OLD.min IS NOT NEW.min OR OLD.max IS NOT NEW.max OR OLD.qualifier IS NOT NEW.qualifier OR OLD.out_of IS NOT NEW.out_of OR OLD.as_of IS NOT NEW.as_of OR OLD.as_of_from IS NOT NEW.as_of_from OR OLD.as_of_to IS NOT NEW.as_of_to OR OLD.since IS NOT NEW.since OR OLD.since_from IS NOT NEW.since_from OR OLD.since_to IS NOT NEW.since_to OR OLD.scope IS NOT NEW.scope OR OLD.note IS NOT NEW.note BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'claims', OLD.id, json_patch('{}', json_object('id', OLD.id, 'ref', OLD.ref, 'claimant', OLD.claimant, 'measure', OLD.measure, 'min', OLD.min, 'max', OLD.max, 'qualifier', OLD.qualifier, 'out_of', OLD.out_of, 'as_of', OLD.as_of, 'as_of_from', OLD.as_of_from, 'as_of_to', OLD.as_of_to, 'since', OLD.since, 'since_from', OLD.since_from, 'since_to', OLD.since_to, 'scope', OLD.scope, 'note', OLD.note)); END;
CREATE TRIGGER log_claims_delete AFTER DELETE ON claims BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'claims', OLD.id, json_patch('{}', json_object('id', OLD.id, 'ref', OLD.ref, 'claimant', OLD.claimant, 'measure', OLD.measure, 'min', OLD.min, 'max', OLD.max, 'qualifier', OLD.qualifier, 'out_of', OLD.out_of, 'as_of', OLD.as_of, 'as_of_from', OLD.as_of_from, 'as_of_to', OLD.as_of_to, 'since', OLD.since, 'since_from', OLD.since_from, 'since_to', OLD.since_to, 'scope', OLD.scope, 'note', OLD.note)); END;
CREATE TRIGGER keep_claims_id BEFORE UPDATE OF id ON claims WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END;
CREATE TRIGGER log_claims_swap BEFORE UPDATE OF ref ON claims BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'claims', t.id, json_patch('{}', json_object('id', t.id, 'ref', t.ref, 'claimant', t.claimant, 'measure', t.measure, 'min', t.min, 'max', t.max, 'qualifier', t.qualifier, 'out_of', t.out_of, 'as_of', t.as_of, 'as_of_from', t.as_of_from, 'as_of_to', t.as_of_to, 'since', t.since, 'since_from', t.since_from, 'since_to', t.since_to, 'scope', t.scope, 'note', t.note)) FROM claims t WHERE t.id <> OLD.id AND ((t.ref = NEW.ref)); END;
CREATE TRIGGER log_citations_replace BEFORE INSERT ON citations WHEN EXISTS (SELECT 1 FROM citations t WHERE (t.id = NEW.id) OR (t.ref = NEW.ref)) BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'citations', t.id, json_patch('{}', json_object('id', t.id, 'ref', t.ref, 'source', t.source, 'claimant', t.claimant, 'detainee', t.detainee, 'nationality', t.nationality, 'detention', t.detention, 'stay', t.stay, 'release', t.release, 'claim', t.claim, 'field', t.field, 'value', t.value, 'stance', t.stance, 'locator', t.locator)) FROM citations t WHERE (t.id = NEW.id) OR (t.ref = NEW.ref); END;
CREATE TRIGGER log_citations_insert AFTER INSERT ON citations BEGIN INSERT INTO changes (seq, "table", row, before) VALUES ((SELECT changeset FROM session), 'citations', NEW.id, NULL); END;
CREATE TRIGGER log_citations_update AFTER UPDATE ON citations WHEN OLD.id IS NOT NEW.id OR OLD.ref IS NOT NEW.ref OR OLD.source IS NOT NEW.source OR OLD.claimant IS NOT NEW.claimant OR OLD.detainee IS NOT NEW.detainee OR OLD.nationality IS NOT NEW.nationality OR OLD.detention IS NOT NEW.detention OR OLD.stay IS NOT NEW.stay OR OLD.release IS NOT NEW.release OR OLD.claim IS NOT NEW.claim OR OLD.field IS NOT NEW.field OR OLD.value IS NOT NEW.value OR OLD.stance IS NOT NEW.stance OR OLD.locator IS NOT NEW.locator BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'citations', OLD.id, json_patch('{}', json_object('id', OLD.id, 'ref', OLD.ref, 'source', OLD.source, 'claimant', OLD.claimant, 'detainee', OLD.detainee, 'nationality', OLD.nationality, 'detention', OLD.detention, 'stay', OLD.stay, 'release', OLD.release, 'claim', OLD.claim, 'field', OLD.field, 'value', OLD.value, 'stance', OLD.stance, 'locator', OLD.locator)); END;
CREATE TRIGGER log_citations_delete AFTER DELETE ON citations BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'citations', OLD.id, json_patch('{}', json_object('id', OLD.id, 'ref', OLD.ref, 'source', OLD.source, 'claimant', OLD.claimant, 'detainee', OLD.detainee, 'nationality', OLD.nationality, 'detention', OLD.detention, 'stay', OLD.stay, 'release', OLD.release, 'claim', OLD.claim, 'field', OLD.field, 'value', OLD.value, 'stance', OLD.stance, 'locator', OLD.locator)); END;
CREATE TRIGGER keep_citations_id BEFORE UPDATE OF id ON citations WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END;
CREATE TRIGGER log_citations_swap BEFORE UPDATE OF ref ON citations BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'citations', t.id, json_patch('{}', json_object('id', t.id, 'ref', t.ref, 'source', t.source, 'claimant', t.claimant, 'detainee', t.detainee, 'nationality', t.nationality, 'detention', t.detention, 'stay', t.stay, 'release', t.release, 'claim', t.claim, 'field', t.field, 'value', t.value, 'stance', t.stance, 'locator', t.locator)) FROM citations t WHERE t.id <> OLD.id AND ((t.ref = NEW.ref)); END;
CREATE TRIGGER log_evidence_replace BEFORE INSERT ON evidence WHEN EXISTS (SELECT 1 FROM evidence t WHERE (t.id = NEW.id)) BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'evidence', t.id, json_patch('{}', json_object('id', t.id, 'source', t.source, 'file_name', t.file_name, 'sha256', t.sha256, 'size', t.size, 'media_type', t.media_type, 'captured_at', t.captured_at)) FROM evidence t WHERE (t.id = NEW.id); END;
CREATE TRIGGER log_evidence_insert AFTER INSERT ON evidence BEGIN INSERT INTO changes (seq, "table", row, before) VALUES ((SELECT changeset FROM session), 'evidence', NEW.id, NULL); END;
CREATE TRIGGER log_evidence_update AFTER UPDATE ON evidence WHEN OLD.id IS NOT NEW.id OR OLD.source IS NOT NEW.source OR OLD.file_name IS NOT NEW.file_name OR OLD.sha256 IS NOT NEW.sha256 OR OLD.size IS NOT NEW.size OR OLD.media_type IS NOT NEW.media_type OR OLD.captured_at IS NOT NEW.captured_at BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'evidence', OLD.id, json_patch('{}', json_object('id', OLD.id, 'source', OLD.source, 'file_name', OLD.file_name, 'sha256', OLD.sha256, 'size', OLD.size, 'media_type', OLD.media_type, 'captured_at', OLD.captured_at)); END;
CREATE TRIGGER log_evidence_delete AFTER DELETE ON evidence BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'evidence', OLD.id, json_patch('{}', json_object('id', OLD.id, 'source', OLD.source, 'file_name', OLD.file_name, 'sha256', OLD.sha256, 'size', OLD.size, 'media_type', OLD.media_type, 'captured_at', OLD.captured_at)); END;
CREATE TRIGGER keep_evidence_id BEFORE UPDATE OF id ON evidence WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END;
CREATE TRIGGER log_judgements_replace BEFORE INSERT ON judgements WHEN EXISTS (SELECT 1 FROM judgements t WHERE (t.id = NEW.id) OR (t.one = NEW.one AND t.other = NEW.other)) BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'judgements', t.id, json_patch('{}', json_object('id', t.id, 'one', t.one, 'other', t.other, 'verdict', t.verdict, 'who', t.who, 'at', t.at, 'why', t.why)) FROM judgements t WHERE (t.id = NEW.id) OR (t.one = NEW.one AND t.other = NEW.other); END;
CREATE TRIGGER log_judgements_insert AFTER INSERT ON judgements BEGIN INSERT INTO changes (seq, "table", row, before) VALUES ((SELECT changeset FROM session), 'judgements', NEW.id, NULL); END;
CREATE TRIGGER log_judgements_update AFTER UPDATE ON judgements WHEN OLD.id IS NOT NEW.id OR OLD.one IS NOT NEW.one OR OLD.other IS NOT NEW.other OR OLD.verdict IS NOT NEW.verdict OR OLD.who IS NOT NEW.who OR OLD.at IS NOT NEW.at OR OLD.why IS NOT NEW.why BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'judgements', OLD.id, json_patch('{}', json_object('id', OLD.id, 'one', OLD.one, 'other', OLD.other, 'verdict', OLD.verdict, 'who', OLD.who, 'at', OLD.at, 'why', OLD.why)); END;
CREATE TRIGGER log_judgements_delete AFTER DELETE ON judgements BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'judgements', OLD.id, json_patch('{}', json_object('id', OLD.id, 'one', OLD.one, 'other', OLD.other, 'verdict', OLD.verdict, 'who', OLD.who, 'at', OLD.at, 'why', OLD.why)); END;
CREATE TRIGGER keep_judgements_id BEFORE UPDATE OF id ON judgements WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END;
CREATE TRIGGER log_judgements_swap BEFORE UPDATE OF one, other ON judgements BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'judgements', t.id, json_patch('{}', json_object('id', t.id, 'one', t.one, 'other', t.other, 'verdict', t.verdict, 'who', t.who, 'at', t.at, 'why', t.why)) FROM judgements t WHERE t.id <> OLD.id AND ((t.one = NEW.one AND t.other = NEW.other)); END;
CREATE TRIGGER log_settings_replace BEFORE INSERT ON settings WHEN EXISTS (SELECT 1 FROM settings t WHERE (t.id = NEW.id)) BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'settings', t.id, json_patch('{}', json_object('id', t.id, 'value', t.value)) FROM settings t WHERE (t.id = NEW.id); END;
CREATE TRIGGER log_settings_insert AFTER INSERT ON settings BEGIN INSERT INTO changes (seq, "table", row, before) VALUES ((SELECT changeset FROM session), 'settings', NEW.id, NULL); END;
CREATE TRIGGER log_settings_update AFTER UPDATE ON settings WHEN OLD.id IS NOT NEW.id OR OLD.value IS NOT NEW.value BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'settings', OLD.id, json_patch('{}', json_object('id', OLD.id, 'value', OLD.value)); END;
CREATE TRIGGER log_settings_delete AFTER DELETE ON settings BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'settings', OLD.id, json_patch('{}', json_object('id', OLD.id, 'value', OLD.value)); END;
CREATE TRIGGER keep_settings_id BEFORE UPDATE OF id ON settings WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END;
CREATE UNIQUE INDEX _sqlite_migrations_set_name ON _sqlite_migrations (migration_set, name);
CREATE INDEX lists_name ON lists (name);
CREATE INDEX lists_source ON lists (source);
CREATE INDEX list_rows_list ON list_rows (list, row);
CREATE INDEX list_rows_key ON list_rows (key);
CREATE INDEX list_rows_detainee ON list_rows (detainee) WHERE detainee IS NOT NULL;
CREATE INDEX list_rows_open ON list_rows (state) WHERE state = 'open';
CREATE TRIGGER log_lists_replace BEFORE INSERT ON lists WHEN EXISTS (SELECT 1 FROM lists t WHERE (t.id = NEW.id) OR (t.ref = NEW.ref)) BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'lists', t.id, json_patch('{}', json_object('id', t.id, 'ref', t.ref, 'name', t.name, 'source', t.source, 'as_of', t.as_of, 'file', t.file, 'sha256', t.sha256, 'size', t.size, 'form', t.form, 'entered', t.entered)) FROM lists t WHERE (t.id = NEW.id) OR (t.ref = NEW.ref); END;
CREATE TRIGGER log_lists_insert AFTER INSERT ON lists BEGIN INSERT INTO changes (seq, "table", row, before) VALUES ((SELECT changeset FROM session), 'lists', NEW.id, NULL); END;
CREATE TRIGGER log_lists_update AFTER UPDATE ON lists WHEN OLD.id IS NOT NEW.id OR OLD.ref IS NOT NEW.ref OR OLD.name IS NOT NEW.name OR OLD.source IS NOT NEW.source OR OLD.as_of IS NOT NEW.as_of OR OLD.file IS NOT NEW.file OR OLD.sha256 IS NOT NEW.sha256 OR OLD.size IS NOT NEW.size OR OLD.form IS NOT NEW.form OR OLD.entered IS NOT NEW.entered BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'lists', OLD.id, json_patch('{}', json_object('id', OLD.id, 'ref', OLD.ref, 'name', OLD.name, 'source', OLD.source, 'as_of', OLD.as_of, 'file', OLD.file, 'sha256', OLD.sha256, 'size', OLD.size, 'form', OLD.form, 'entered', OLD.entered)); END;
CREATE TRIGGER log_lists_delete AFTER DELETE ON lists BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'lists', OLD.id, json_patch('{}', json_object('id', OLD.id, 'ref', OLD.ref, 'name', OLD.name, 'source', OLD.source, 'as_of', OLD.as_of, 'file', OLD.file, 'sha256', OLD.sha256, 'size', OLD.size, 'form', OLD.form, 'entered', OLD.entered)); END;
CREATE TRIGGER keep_lists_id BEFORE UPDATE OF id ON lists WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END;
CREATE TRIGGER log_lists_swap BEFORE UPDATE OF ref ON lists BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'lists', t.id, json_patch('{}', json_object('id', t.id, 'ref', t.ref, 'name', t.name, 'source', t.source, 'as_of', t.as_of, 'file', t.file, 'sha256', t.sha256, 'size', t.size, 'form', t.form, 'entered', t.entered)) FROM lists t WHERE t.id <> OLD.id AND ((t.ref = NEW.ref)); END;
CREATE TRIGGER log_list_rows_replace BEFORE INSERT ON list_rows WHEN EXISTS (SELECT 1 FROM list_rows t WHERE (t.id = NEW.id)) BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'list_rows', t.id, json_patch('{}', json_object('id', t.id, 'list', t.list, 'row', t.row, 'printed', t.printed, 'key', t.key, 'digest', t.digest, 'detainee', t.detainee, 'state', t.state, 'cells', t.cells, 'asked', t.asked)) FROM list_rows t WHERE (t.id = NEW.id); END;
CREATE TRIGGER log_list_rows_insert AFTER INSERT ON list_rows BEGIN INSERT INTO changes (seq, "table", row, before) VALUES ((SELECT changeset FROM session), 'list_rows', NEW.id, NULL); END;
CREATE TRIGGER log_list_rows_update AFTER UPDATE ON list_rows WHEN OLD.id IS NOT NEW.id OR OLD.list IS NOT NEW.list OR OLD.row IS NOT NEW.row OR OLD.printed IS NOT NEW.printed OR OLD.key IS NOT NEW.key OR OLD.digest IS NOT NEW.digest OR OLD.detainee IS NOT NEW.detainee OR OLD.state IS NOT NEW.state OR OLD.cells IS NOT NEW.cells OR OLD.asked IS NOT NEW.asked BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'list_rows', OLD.id, json_patch('{}', json_object('id', OLD.id, 'list', OLD.list, 'row', OLD.row, 'printed', OLD.printed, 'key', OLD.key, 'digest', OLD.digest, 'detainee', OLD.detainee, 'state', OLD.state, 'cells', OLD.cells, 'asked', OLD.asked)); END;
CREATE TRIGGER log_list_rows_delete AFTER DELETE ON list_rows BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'list_rows', OLD.id, json_patch('{}', json_object('id', OLD.id, 'list', OLD.list, 'row', OLD.row, 'printed', OLD.printed, 'key', OLD.key, 'digest', OLD.digest, 'detainee', OLD.detainee, 'state', OLD.state, 'cells', OLD.cells, 'asked', OLD.asked)); END;
CREATE TRIGGER keep_list_rows_id BEFORE UPDATE OF id ON list_rows WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END;
CREATE TRIGGER log_mappings_replace BEFORE INSERT ON mappings WHEN EXISTS (SELECT 1 FROM mappings t WHERE (t.id = NEW.id) OR (t.scope = NEW.scope AND t.header = NEW.header AND t.field = NEW.field)) BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'mappings', t.id, json_patch('{}', json_object('id', t.id, 'scope', t.scope, 'header', t.header, 'field', t.field, 'value', t.value)) FROM mappings t WHERE (t.id = NEW.id) OR (t.scope = NEW.scope AND t.header = NEW.header AND t.field = NEW.field); END;
CREATE TRIGGER log_mappings_insert AFTER INSERT ON mappings BEGIN INSERT INTO changes (seq, "table", row, before) VALUES ((SELECT changeset FROM session), 'mappings', NEW.id, NULL); END;
CREATE TRIGGER log_mappings_update AFTER UPDATE ON mappings WHEN OLD.id IS NOT NEW.id OR OLD.scope IS NOT NEW.scope OR OLD.header IS NOT NEW.header OR OLD.field IS NOT NEW.field OR OLD.value IS NOT NEW.value BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'mappings', OLD.id, json_patch('{}', json_object('id', OLD.id, 'scope', OLD.scope, 'header', OLD.header, 'field', OLD.field, 'value', OLD.value)); END;
CREATE TRIGGER log_mappings_delete AFTER DELETE ON mappings BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'mappings', OLD.id, json_patch('{}', json_object('id', OLD.id, 'scope', OLD.scope, 'header', OLD.header, 'field', OLD.field, 'value', OLD.value)); END;
CREATE TRIGGER keep_mappings_id BEFORE UPDATE OF id ON mappings WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END;
CREATE TRIGGER log_mappings_swap BEFORE UPDATE OF scope, header, field ON mappings BEGIN INSERT INTO changes (seq, "table", row, before) SELECT (SELECT changeset FROM session), 'mappings', t.id, json_patch('{}', json_object('id', t.id, 'scope', t.scope, 'header', t.header, 'field', t.field, 'value', t.value)) FROM mappings t WHERE t.id <> OLD.id AND ((t.scope = NEW.scope AND t.header = NEW.header AND t.field = NEW.field)); END;
COMMIT;
